# METADATA
# title: Nobody runs commands in the cluster by way of Azure
# description: |
#   The run command starts a pod with the rights of a cluster administrator and reaches a private cluster from anywhere, past the network of
#   the firm. A role of Azure on the resource is enough for it. Teams that have no other way in may need it in an emergency.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/access-private-cluster
# custom:
#   check: AKS-PAM-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.apiServerAccessProfile.disableRunCommand
#       type: boolean
#       absent: "off: commands through Azure are possible unless the cluster refuses them"
#   controls:
#     RTS-13-1-c: administration of the cluster goes over the network that was meant for it
#     RTS-21-d: a way around the network limits of the cluster is closed
#     RTS-21-e-ii: administration is not open to every holder of a role of Azure
#     DORA-9-4-c: access to the cluster is restricted to the ways that were approved
#   fix: {path: resource.properties.apiServerAccessProfile.disableRunCommand, value: true}
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --disable-run-command
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         run_command_enabled = false
#       }
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           apiServerAccessProfile: { disableRunCommand: true }
#         }
#       }
package azure.aks.run_command_refused

default _refused := false

_refused := input.resource.properties.apiServerAccessProfile.disableRunCommand

deny contains finding if {
	_refused == false
	finding := {
		"message": "commands can be run in the cluster through Azure",
		"path": "resource.properties.apiServerAccessProfile.disableRunCommand",
		"actual": false,
		"expected": true,
	}
}
