# METADATA
# title: Event Hubs raises its throughput under load
# description: |
#   A standard namespace that has used up its throughput units turns senders away, and what they cannot keep is lost. With auto-inflate it adds
#   units up to the largest number that the namespace names. It never takes them away again. Basic and premium namespaces and those on a
#   cluster of their own know no auto-inflate and are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/event-hubs/event-hubs-auto-inflate
# custom:
#   check: EH-SCL-001
#   severity: medium
#   resource: Microsoft.EventHub/namespaces
#   reads:
#     - {path: resource.sku.name, type: string}
#     - path: resource.sku.capacity
#       type: integer
#       absent: "1: the units of a namespace that asks for no number"
#     - path: resource.properties.isAutoInflateEnabled
#       type: boolean
#       absent: "false: throughput stands still until auto-inflate is switched on"
#     - path: resource.properties.maximumThroughputUnits
#       type: integer
#       absent: "0: no larger number is named"
#   parameters:
#     autoscale_headroom_min: {type: integer, default: 1, min: 1, max: 1000, meaning: fewest instances or units that scaling may add to its least number}
#   controls:
#     DORA-7-c: throughput follows the load up to a bound that the firm sets
#     DORA-9-3-c: events at peak volumes are taken in instead of lost
#     RTS-9-1-c: units are added when throughput runs short
#   remediation:
#     az: az eventhubs namespace update --resource-group RESOURCE_GROUP --name NAMESPACE --enable-auto-inflate true --maximum-throughput-units 10
#     terraform: |
#       resource "azurerm_eventhub_namespace" "example" {
#         # ...
#         auto_inflate_enabled     = true
#         maximum_throughput_units = 10
#       }
#     bicep: "properties: { isAutoInflateEnabled: true, maximumThroughputUnits: 10 }"
package azure.event_hubs.throughput_inflates

import data.lib.arm

_sku := input.resource.sku.name

default _units := 1

_units := input.resource.sku.capacity

default _inflates := false

_inflates := input.resource.properties.isAutoInflateEnabled

default _ceiling := 0

_ceiling := input.resource.properties.maximumThroughputUnits

not_applicable contains "the tier of the namespace knows no auto-inflate" if arm.one_of(_sku, ["Basic", "Premium"])

deny contains finding if {
	arm.same(_sku, "Standard")
	_inflates == false
	finding := {
		"message": "auto-inflate is off",
		"path": "resource.properties.isAutoInflateEnabled",
		"actual": _inflates,
		"expected": true,
	}
}

deny contains finding if {
	arm.same(_sku, "Standard")
	_inflates == true
	_ceiling - _units < data.parameters.autoscale_headroom_min
	finding := {
		"message": sprintf("the namespace has %d throughput units and may go up to %d", [_units, _ceiling]),
		"path": "resource.properties.maximumThroughputUnits",
		"actual": _ceiling,
		"expected": _units + data.parameters.autoscale_headroom_min,
	}
}

unknown contains sprintf("sku.name is %q, which this policy does not know", [_sku]) if {
	not arm.one_of(_sku, ["Basic", "Standard", "Premium"])
}
