# METADATA
# title: The autoscale setting adds instances under load and takes them away after it
# description: |
#   A profile that only takes instances away shrinks to its floor and stays there when the load returns. One that only adds them ends at its
#   ceiling, where nothing is left for the next peak. Profiles without rules hold a number for a time and are left out, as long as another
#   profile has rules.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices
# custom:
#   check: SCL-AUTO-003
#   severity: medium
#   resource: Microsoft.Insights/autoscalesettings
#   reads:
#     - {path: resource.properties.profiles, type: array}
#   controls:
#     DORA-7-c: capacity follows the load instead of standing still at one end
#     RTS-9-1-c: a rule reacts before capacity runs short
#   remediation:
#     az: |
#       az monitor autoscale rule create --resource-group RESOURCE_GROUP --autoscale-name SETTING --condition "CpuPercentage > 70 avg 10m" --scale out 1
#       az monitor autoscale rule create --resource-group RESOURCE_GROUP --autoscale-name SETTING --condition "CpuPercentage < 30 avg 10m" --scale in 1
#     terraform: |
#       resource "azurerm_monitor_autoscale_setting" "example" {
#         # ...
#         profile {
#           # ...
#           rule {
#             # metric_trigger { ... operator = "GreaterThan" threshold = 70 }
#             scale_action {
#               direction = "Increase"
#               type      = "ChangeCount"
#               value     = "1"
#               cooldown  = "PT5M"
#             }
#           }
#           rule {
#             # metric_trigger { ... operator = "LessThan" threshold = 30 }
#             scale_action {
#               direction = "Decrease"
#               type      = "ChangeCount"
#               value     = "1"
#               cooldown  = "PT5M"
#             }
#           }
#         }
#       }
package azure.autoscale.scales_both_ways

import data.lib.arm

_profiles := input.resource.properties.profiles

# _rules(profile): the rules of the profile, none when it has no list.
_rules(profile) := [rule | some rule in profile.rules]

_directions(profile) := {direction |
	some rule in _rules(profile)
	direction := lower(rule.scaleAction.direction)
}

_with_rules contains i if {
	some i, profile in _profiles
	count(_rules(profile)) > 0
}

_clear(rule) if arm.one_of(rule.scaleAction.direction, ["Increase", "Decrease", "None"])

deny contains finding if {
	some i in _with_rules
	some direction in ["increase", "decrease"]
	not direction in _directions(_profiles[i])
	finding := {
		"message": sprintf("no rule of the profile %v has the direction %s", [_profiles[i].name, direction]),
		"path": "resource.properties.profiles",
		"actual": concat(", ", _directions(_profiles[i])),
		"expected": "increase and decrease",
	}
}

deny contains finding if {
	count(_profiles) > 0
	count(_with_rules) == 0
	finding := {
		"message": "no profile has a rule",
		"path": "resource.properties.profiles",
		"actual": 0,
		"expected": "increase and decrease",
	}
}

unknown contains "the direction of a rule is not known to this policy" if {
	some profile in _profiles
	some rule in _rules(profile)
	not _clear(rule)
}

unknown contains "the setting has no profile" if count(_profiles) == 0
