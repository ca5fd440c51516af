# METADATA
# title: Logs of containers are collected in a workspace
# description: |
#   Logs of containers live as long as the node. Without the add-on they are gone with the pod that would have to be examined. Other
#   collectors do not show here: waive the finding where one is in use.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/monitor-aks
# custom:
#   check: AKS-LOG-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.addonProfiles.omsagent.enabled
#       type: boolean
#       absent: "false: the add-on is not installed"
#   controls:
#     RTS-12-2-c: makes logs of containers part of what is logged
#     DORA-10-1: anomalies of workloads in the cluster can only be detected in records that are kept
#     RTS-23-2-b: alerts on workloads in the cluster need logs of containers as their source
#   remediation:
#     az: az aks enable-addons --resource-group RESOURCE_GROUP --name CLUSTER --addons monitoring --workspace-resource-id WORKSPACE_ID
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         oms_agent {
#           log_analytics_workspace_id = azurerm_log_analytics_workspace.example.id
#         }
#       }
#     bicep: "properties: { addonProfiles: { omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspace.id } } } }"
package azure.aks.container_logs_collected

default _omsagent := false

_omsagent := input.resource.properties.addonProfiles.omsagent.enabled

deny contains finding if {
	_omsagent == false
	finding := {
		"message": "logs of containers are not collected",
		"path": "resource.properties.addonProfiles.omsagent.enabled",
		"actual": _omsagent,
		"expected": true,
	}
}
