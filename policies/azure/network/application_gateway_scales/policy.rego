# METADATA
# title: The application gateway scales within bounds that leave room
# description: |
#   A gateway of a fixed size turns connections away when the load rises above it. With autoscaling it adds units between two numbers; the
#   floor is what is ready at once, for new units take minutes. Gateways of the first version do not scale and are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant
# custom:
#   check: NET-SCL-001
#   severity: medium
#   resource: Microsoft.Network/applicationGateways
#   reads:
#     - {path: resource.properties.sku.tier, type: string}
#     - path: resource.properties.autoscaleConfiguration.minCapacity
#       type: integer
#       absent: "none: the gateway has a fixed size"
#     - {path: resource.properties.autoscaleConfiguration.maxCapacity, type: integer}
#   parameters:
#     autoscale_instances_min: {type: integer, default: 2, min: 1, max: 1000, meaning: fewest instances to which compute may shrink by itself}
#     autoscale_headroom_min: {type: integer, default: 1, min: 1, max: 1000, meaning: fewest instances or units that scaling may add to its least number}
#   controls:
#     DORA-7-c: compares the room for peak volumes with the room that the firm asks for
#     DORA-12-4: the floor keeps a unit of the entrance in reserve when the load is low
#     RTS-9-1-c: units are added when the entrance runs short of them
#   remediation:
#     az: az network application-gateway update --resource-group RESOURCE_GROUP --name GATEWAY --min-capacity 2 --max-capacity 10
#     terraform: |
#       resource "azurerm_application_gateway" "example" {
#         # ...
#         sku {
#           name = "WAF_v2"
#           tier = "WAF_v2"
#         }
#         autoscale_configuration {
#           min_capacity = 2
#           max_capacity = 10
#         }
#       }
#     bicep: "properties: { sku: { name: 'WAF_v2', tier: 'WAF_v2' }, autoscaleConfiguration: { minCapacity: 2, maxCapacity: 10 } }"
package azure.network.application_gateway_scales

import data.lib.arm

_tier := input.resource.properties.sku.tier

_scales if arm.one_of(_tier, ["Standard_v2", "WAF_v2"])

default _floor := -1

_floor := input.resource.properties.autoscaleConfiguration.minCapacity

_room := input.resource.properties.autoscaleConfiguration.maxCapacity - _floor

not_applicable contains "the tier of the gateway does not scale" if arm.one_of(_tier, ["Standard", "WAF", "Basic"])

deny contains finding if {
	_scales
	_floor == -1
	finding := {
		"message": "the gateway has a fixed size",
		"path": "resource.properties.autoscaleConfiguration.minCapacity",
		"expected": data.parameters.autoscale_instances_min,
	}
}

deny contains finding if {
	_scales
	_floor >= 0
	_floor < data.parameters.autoscale_instances_min
	finding := {
		"message": sprintf("the gateway may shrink to %d units", [_floor]),
		"path": "resource.properties.autoscaleConfiguration.minCapacity",
		"actual": _floor,
		"expected": data.parameters.autoscale_instances_min,
	}
}

deny contains finding if {
	_scales
	_floor >= 0
	_room < data.parameters.autoscale_headroom_min
	finding := {
		"message": sprintf("the gateway may grow by %d units", [_room]),
		"path": "resource.properties.autoscaleConfiguration.maxCapacity",
		"actual": _room,
		"expected": data.parameters.autoscale_headroom_min,
	}
}

unknown contains sprintf("sku.tier is %q, which this policy does not know", [_tier]) if {
	not arm.one_of(_tier, ["Standard", "WAF", "Basic", "Standard_v2", "WAF_v2"])
}
