# METADATA
# title: The Data Explorer cluster is of a size with an agreed availability
# description: |
#   Sizes for development have one machine and no agreed availability; Azure may stop them for maintenance.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/manage-cluster-choose-sku
# custom:
#   check: ADX-ZR-002
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - {path: resource.sku.name, type: string}
#   controls:
#     DORA-7-b: an agreed availability is the least that dependable technology needs
#     DORA-12-4: one machine leaves no capacity in reserve
#     GDPR-32-1-b: processing does not depend on one machine
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --sku name=Standard_E8ads_v5 tier=Standard capacity=2
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         sku {
#           name     = "Standard_E8ads_v5"
#           capacity = 2
#         }
#       }
#     bicep: "sku: { name: 'Standard_E8ads_v5', tier: 'Standard', capacity: 2 }"
package azure.data_explorer.tier_for_production

_sku := input.resource.sku.name

deny contains finding if {
	startswith(lower(_sku), "dev(no sla)_")
	finding := {
		"message": sprintf("the size %s has no agreed availability", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": "Standard_E8ads_v5",
	}
}

unknown contains sprintf("sku.name is %q, which this policy does not know", [_sku]) if {
	not startswith(lower(_sku), "dev(no sla)_")
	not startswith(lower(_sku), "standard_")
}
