# METADATA
# title: The Data Explorer cluster has more than one instance
# description: |
#   A cluster of one instance stands still while that instance is replaced, and Azure gives its service level agreement for two or more
#   only.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/manage-cluster-choose-sku
# custom:
#   check: ADX-HAO-001
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - {path: resource.sku.capacity, type: integer}
#   parameters:
#     kusto_instances_min: {type: integer, default: 2, min: 1, max: 1000, meaning: fewest instances of a Data Explorer cluster}
#   controls:
#     DORA-12-4: an instance that takes over is there when another fails
#     DORA-11-5: the engine of the cluster is not a single machine
#     DORA-10-1: points to a single point of failure
#     GDPR-32-1-b: personal data stays available while an instance is replaced
#   fix: {path: resource.sku.capacity, parameter: kusto_instances_min}
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --name CLUSTER --sku name=Standard_E8ads_v5 capacity=2 tier=Standard
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         sku {
#           name     = "Standard_E8ads_v5"
#           capacity = 2
#         }
#       }
#     bicep: |
#       resource cluster 'Microsoft.Kusto/clusters@2024-04-13' = {
#         // ...
#         sku: { name: 'Standard_E8ads_v5', tier: 'Standard', capacity: 2 }
#       }
package azure.data_explorer.instances_sufficient

_capacity := input.resource.sku.capacity

deny contains finding if {
	_capacity < data.parameters.kusto_instances_min
	finding := {
		"message": sprintf("the cluster has %v instances, fewer than %v", [_capacity, data.parameters.kusto_instances_min]),
		"path": "resource.sku.capacity",
		"actual": _capacity,
		"expected": sprintf("at least %v instances", [data.parameters.kusto_instances_min]),
	}
}
