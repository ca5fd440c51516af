# METADATA
# title: Defender watches the nodes of the cluster
# description: |
#   Defender's sensor reports attacks that show only at run time, such as a shell in a container or a connection to a known attacker.
#   Another sensor does not show here: waive the finding where one is in use.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction
# custom:
#   check: AKS-LOG-002
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.securityProfile.defender.securityMonitoring.enabled
#       type: boolean
#       absent: "false: no sensor runs until told otherwise"
#   controls:
#     DORA-10-1: anomalies on nodes and in containers are detected while they happen
#     RTS-23-2-b: gives a source of automatic alerts on the cluster
#     DORA-9-1: the security of running workloads is watched continuously
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-defender
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         microsoft_defender {
#           log_analytics_workspace_id = azurerm_log_analytics_workspace.example.id
#         }
#       }
#     bicep: "properties: { securityProfile: { defender: { logAnalyticsWorkspaceResourceId: workspace.id, securityMonitoring: { enabled: true } } } }"
package azure.aks.defender_enabled

default _security_monitoring := false

_security_monitoring := input.resource.properties.securityProfile.defender.securityMonitoring.enabled

deny contains finding if {
	_security_monitoring == false
	finding := {
		"message": "no sensor of Defender runs in the cluster",
		"path": "resource.properties.securityProfile.defender.securityMonitoring.enabled",
		"actual": _security_monitoring,
		"expected": true,
	}
}
