# METADATA
# title: The App Service plan that scales by itself has room to grow
# description: |
#   Automatic scaling and Elastic Premium add instances up to the largest number that the plan names. When that is the number it always runs,
#   nothing is added under load. Plans that are scaled by hand or by an autoscale setting are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/manage-automatic-scaling
# custom:
#   check: APP-SCL-002
#   severity: medium
#   resource: Microsoft.Web/serverfarms
#   reads:
#     - {path: resource.sku.name, type: string}
#     - path: resource.sku.capacity
#       type: integer
#       absent: "1: the instances of a plan that asks for no number"
#     - path: resource.properties.elasticScaleEnabled
#       type: boolean
#       absent: "false: automatic scaling is off until it is switched on; Elastic Premium needs no switch"
#     - {path: resource.properties.maximumElasticWorkerCount, type: integer}
#   parameters:
#     autoscale_headroom_min: {type: integer, default: 1, min: 1, max: 1000, meaning: fewest instances or units that scaling may add to its least number}
#   controls:
#     DORA-7-c: compares the room for peak volumes with the room that the firm asks for
#     DORA-12-4: further instances can be had when those that run do not suffice
#     RTS-9-1-c: shows whether scaling has room to act before capacity runs short
#   remediation:
#     az: az appservice plan update --resource-group RESOURCE_GROUP --name PLAN --elastic-scale true --max-elastic-worker-count 10
#     terraform: |
#       resource "azurerm_service_plan" "example" {
#         # ...
#         premium_plan_auto_scale_enabled = true
#         maximum_elastic_worker_count    = 10
#       }
#     bicep: "properties: { elasticScaleEnabled: true, maximumElasticWorkerCount: 10 }"
package azure.app_service.plan_elastic_ceiling_leaves_room

default _instances := 1

_instances := input.resource.sku.capacity

_elastic if input.resource.properties.elasticScaleEnabled == true

_elastic if regex.match("^ep[0-9]+$", lower(input.resource.sku.name))

_room := input.resource.properties.maximumElasticWorkerCount - _instances

not_applicable contains "the plan does not scale by itself" if not _elastic

deny contains finding if {
	_elastic
	_room < data.parameters.autoscale_headroom_min
	finding := {
		"message": sprintf("the plan runs %d instances and may add %d", [_instances, _room]),
		"path": "resource.properties.maximumElasticWorkerCount",
		"actual": input.resource.properties.maximumElasticWorkerCount,
		"expected": _instances + data.parameters.autoscale_headroom_min,
	}
}
