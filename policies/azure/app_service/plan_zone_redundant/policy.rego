# METADATA
# title: The App Service plan spans zones
# description: |
#   All instances of a plan that is not zone redundant stand in one data centre, and fall together. Only Premium v2, v3 and v4, Isolated
#   v2, Elastic Premium and Flex Consumption plans can be zone redundant, in regions with zones and with two instances or more. Older
#   plans may have to be created anew.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-app-service
# custom:
#   check: APP-ZR-001
#   severity: medium
#   resource: Microsoft.Web/serverfarms
#   reads:
#     - path: resource.properties.zoneRedundant
#       type: boolean
#       absent: "false: a plan stands in one zone until told otherwise"
#   parameters:
#     compute_zone_redundancy_required: {type: boolean, default: true, meaning: whether compute and registries must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: instances in another zone are the spare capacity when a zone is lost
#     DORA-11-5: shows whether the apps of the plan was built with the redundancy that the impact analysis asks for
#     DORA-9-2: keeps the apps of the plan available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan for the apps of the plan an answer to the failure of a zone inside the region
#     GDPR-32-1-b: adds resilience to processing that depends on the apps of the plan
#   remediation:
#     az: az appservice plan update --resource-group RESOURCE_GROUP --name PLAN --set zoneRedundant=true sku.capacity=2
#     terraform: |
#       resource "azurerm_service_plan" "example" {
#         # ...
#         sku_name               = "P1v3"
#         worker_count           = 2
#         zone_balancing_enabled = true
#       }
#     bicep: |
#       sku: { name: 'P1v3', capacity: 2 }
#       properties: { zoneRedundant: true }
package azure.app_service.plan_zone_redundant

default _zone_redundant := false

_zone_redundant := input.resource.properties.zoneRedundant

not_applicable contains "zone redundancy is not required of this plan" if data.parameters.compute_zone_redundancy_required == false

deny contains finding if {
	_zone_redundant == false
	finding := {
		"message": "the plan stands in one zone",
		"path": "resource.properties.zoneRedundant",
		"actual": _zone_redundant,
		"expected": true,
	}
}
