# METADATA
# title: The autoscale setting follows a schedule
# description: |
#   Rules by load react when the load is there, and new instances take minutes. Where the peaks of a business are known, a profile that recurs
#   has the instances ready. Whether a target has such peaks is the firm's to say: while the parameter is off this policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-multiprofile
# custom:
#   check: SCL-AUTO-004
#   severity: low
#   resource: Microsoft.Insights/autoscalesettings
#   reads:
#     - {path: resource.properties.profiles, type: array}
#   parameters:
#     autoscale_schedule_required: {type: boolean, default: false, meaning: whether capacity must be raised by schedule before peaks that are known}
#   controls:
#     DORA-7-c: provides for peak volumes that recur before they come
#     RTS-9-1-c: avoids the shortage between the rise of the load and the start of instances
#   remediation:
#     az: |
#       az monitor autoscale profile create --resource-group RESOURCE_GROUP --autoscale-name SETTING --name weekdays --recurrence week mon tue wed thu fri \
#         --start 07:00 --end 19:00 --timezone "W. Europe Standard Time" --min-count 6 --max-count 12 --count 6 --copy-rules default
#     terraform: |
#       resource "azurerm_monitor_autoscale_setting" "example" {
#         # ...
#         profile {
#           name = "weekdays"
#           # ...
#           recurrence {
#             timezone = "W. Europe Standard Time"
#             days     = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
#             hours    = [7]
#             minutes  = [0]
#           }
#         }
#       }
package azure.autoscale.schedule_set

import data.lib.arm

_profiles := input.resource.properties.profiles

_recurs(profile) if {
	arm.one_of(profile.recurrence.frequency, ["Second", "Minute", "Hour", "Day", "Week", "Month", "Year"])
}

_scheduled if {
	some profile in _profiles
	_recurs(profile)
}

# _blank(profile): the profile is always in force, or at one time that does not recur.
_blank(profile) if is_null(object.get(profile, "recurrence", null))

_blank(profile) if arm.same(profile.recurrence.frequency, "None")

not_applicable contains "no schedule is required" if data.parameters.autoscale_schedule_required == false

deny contains finding if {
	every profile in _profiles {
		_blank(profile)
	}
	finding := {
		"message": "no profile of the setting recurs",
		"path": "resource.properties.profiles",
		"actual": count(_profiles),
		"expected": "one profile that recurs, or more",
	}
}

unknown contains "the recurrence of a profile is not known to this policy" if {
	not _scheduled
	some profile in _profiles
	not _blank(profile)
}
