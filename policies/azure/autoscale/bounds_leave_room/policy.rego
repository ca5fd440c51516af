# METADATA
# title: Every profile of the autoscale setting has a floor and room above it
# description: |
#   A floor of one instance lets a quiet night end with a single point of failure. A ceiling at the floor lets nothing be added when the load
#   rises. Each profile is judged, for the one that is in force at the worst moment counts. Whether the ceiling is high enough for the peak
#   of the firm, this policy does not know: the room it asks for is a parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-understanding-settings
# custom:
#   check: SCL-AUTO-002
#   severity: medium
#   resource: Microsoft.Insights/autoscalesettings
#   reads:
#     - {path: resource.properties.profiles, type: array}
#   parameters:
#     autoscale_instances_min: {type: integer, default: 2, min: 1, max: 1000, meaning: fewest instances to which compute may shrink by itself}
#     autoscale_headroom_min: {type: integer, default: 1, min: 1, max: 1000, meaning: fewest instances or units that scaling may add to its least number}
#   controls:
#     DORA-7-c: compares the room for peak volumes with the room that the firm asks for
#     DORA-12-4: the floor keeps an instance in reserve when the load is low
#     RTS-9-1-c: shows whether scaling has room to act before capacity runs short
#   remediation:
#     az: az monitor autoscale update --resource-group RESOURCE_GROUP --name SETTING --min-count 3 --max-count 9 --count 3
#     terraform: |
#       resource "azurerm_monitor_autoscale_setting" "example" {
#         # ...
#         profile {
#           name = "by load"
#           capacity {
#             minimum = 3
#             maximum = 9
#             default = 3
#           }
#           # ...
#         }
#       }
#     bicep: "properties: { profiles: [{ name: 'by load', capacity: { minimum: '3', maximum: '9', default: '3' } }] }"
package azure.autoscale.bounds_leave_room

_profiles := input.resource.properties.profiles

# _number(text): the number in a text such as "3". Azure writes capacities as texts.
_number(text) := to_number(text) if regex.match(`^[0-9]{1,4}$`, text)

_minimum(profile) := _number(profile.capacity.minimum)

_maximum(profile) := _number(profile.capacity.maximum)

_readable(profile) if {
	_minimum(profile) >= 0
	_maximum(profile) >= 0
}

deny contains finding if {
	some profile in _profiles
	minimum := _minimum(profile)
	minimum < data.parameters.autoscale_instances_min
	finding := {
		"message": sprintf("the profile %v lets the target shrink to %d instances", [profile.name, minimum]),
		"path": "resource.properties.profiles",
		"actual": minimum,
		"expected": data.parameters.autoscale_instances_min,
	}
}

deny contains finding if {
	some profile in _profiles
	room := _maximum(profile) - _minimum(profile)
	room < data.parameters.autoscale_headroom_min
	finding := {
		"message": sprintf("the profile %v lets the target grow by %d instances", [profile.name, room]),
		"path": "resource.properties.profiles",
		"actual": room,
		"expected": data.parameters.autoscale_headroom_min,
	}
}

unknown contains "the capacity of a profile cannot be read" if {
	some profile in _profiles
	not _readable(profile)
}

unknown contains "the setting has no profile" if count(_profiles) == 0
