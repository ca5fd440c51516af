# METADATA
# title: The App Service plan is of a tier for production
# description: |
#   Free and shared plans run on machines shared with other customers, have quotas that stop apps, and no agreed availability. Basic plans
#   know neither autoscale nor zones nor slots.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/overview-hosting-plans
# custom:
#   check: APP-ZR-002
#   severity: medium
#   resource: Microsoft.Web/serverfarms
#   reads:
#     - {path: resource.sku.name, type: string}
#   controls:
#     DORA-7-b: a tier with an agreed availability is the least that dependable technology needs
#     DORA-7-c: free and shared tiers have quotas that end capacity, whatever the load
#     DORA-12-4: only these tiers can hold instances in reserve by autoscale
#   remediation:
#     az: az appservice plan update --resource-group RESOURCE_GROUP --name PLAN --sku P1v3
#     terraform: |
#       resource "azurerm_service_plan" "example" {
#         # ...
#         sku_name = "P1v3"
#       }
#     bicep: "sku: { name: 'P1v3' }"
package azure.app_service.plan_tier_for_production

_sku := input.resource.sku.name

deny contains finding if {
	regex.match("^(free|shared|[fdb][0-9]+)$", lower(_sku))
	finding := {
		"message": sprintf("the plan is of the size %s, which is meant for trials and tests", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": "P1v3",
	}
}

unknown contains sprintf("sku.name is %q, which this policy does not know", [_sku]) if {
	not regex.match("^(free|shared|[fdbspi][0-9]+m?(v[0-9]+)?|ep[0-9]+|ws[0-9]+|y1|fc1)$", lower(_sku))
}
