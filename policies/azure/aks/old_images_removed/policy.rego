# METADATA
# title: Images that nobody uses go from the nodes
# description: |
#   Images of earlier versions stay on the nodes with all their weaknesses, and whoever gets onto a node can start them. The image cleaner
#   removes those that are stale and vulnerable.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/image-cleaner
# custom:
#   check: AKS-INV-004
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.securityProfile.imageCleaner.enabled
#       type: boolean
#       absent: "off: images stay unless the cluster says otherwise"
#   controls:
#     RTS-10-4-d: software with known weaknesses does not stay on nodes after it was replaced
#     RTS-11-2-b: nodes hold what the baseline names and not what is left over
#     DORA-7-intro: what lies on the nodes is up to date
#   fix: {path: resource.properties.securityProfile.imageCleaner.enabled, value: true}
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-image-cleaner --image-cleaner-interval-hours 48
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         image_cleaner_enabled        = true
#         image_cleaner_interval_hours = 48
#       }
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           securityProfile: { imageCleaner: { enabled: true, intervalHours: 48 } }
#         }
#       }
package azure.aks.old_images_removed

default _cleaned := false

_cleaned := input.resource.properties.securityProfile.imageCleaner.enabled

deny contains finding if {
	_cleaned == false
	finding := {
		"message": "images that nobody uses stay on the nodes",
		"path": "resource.properties.securityProfile.imageCleaner.enabled",
		"actual": false,
		"expected": true,
	}
}
