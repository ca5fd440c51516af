# METADATA
# title: The App Service plan has more than one instance
# description: |
#   A single instance is a single point of failure: every restart, update or crash of it is an outage of all apps of the plan. Autoscale
#   may keep more instances than the plan asks for; that does not show here. Plans that scale by themselves (consumption, Elastic Premium,
#   workflow) are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-app-service
# custom:
#   check: APP-ZR-001
#   severity: medium
#   resource: Microsoft.Web/serverfarms
#   reads:
#     - path: resource.sku.capacity
#       type: integer
#       absent: "1: the instances of a plan that asks for no number"
#     - {path: resource.sku.name, type: string}
#   parameters:
#     app_instances_min: {type: integer, default: 2, min: 1, max: 30, meaning: fewest instances of an App Service plan}
#   controls:
#     DORA-12-4: a second instance is capacity in reserve for the apps of the plan
#     DORA-11-5: shows whether the apps of the plan was built with the redundancy that the impact analysis asks for
#     GDPR-32-1-b: one failure does not end the availability of processing on the apps of the plan
#     DORA-10-1: points at a plan whose one instance is a single point of failure
#   fix: {path: resource.sku.capacity, parameter: app_instances_min}
#   remediation:
#     az: az appservice plan update --resource-group RESOURCE_GROUP --name PLAN --number-of-workers 2
#     terraform: |
#       resource "azurerm_service_plan" "example" {
#         # ...
#         worker_count = 2
#       }
#     bicep: "sku: { name: 'P1v3', capacity: 2 }"
package azure.app_service.plan_instances_sufficient

default _instances := 1

_instances := input.resource.sku.capacity

not_applicable contains "the plan scales by itself" if {
	regex.match("^(y1|fc1|ep[0-9]+|ws[0-9]+)$", lower(input.resource.sku.name))
}

deny contains finding if {
	_instances < data.parameters.app_instances_min
	finding := {
		"message": sprintf("the plan runs %d instances", [_instances]),
		"path": "resource.sku.capacity",
		"actual": _instances,
		"expected": data.parameters.app_instances_min,
	}
}
