# METADATA
# title: Eligibility for a role ends
# description: |
#   Whoever is eligible for a role may activate it. Eligibility without an end outlives the task, the team and sometimes the employment; one
#   with an end has to be renewed by somebody who looks. Set eligibility_days_max to 183 for critical functions. An eligibility that ends
#   does not replace the review of rights. Terraform that gives a duration and no date is unknown: the date is made at the start.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-assign-roles
# custom:
#   check: PAM-PIM-003
#   severity: medium
#   resource: Microsoft.Authorization/roleEligibilityScheduleInstances
#   reads:
#     - path: resource.properties.endDateTime
#       type: string
#       absent: "the eligibility never ends"
#     - {path: resource.properties.startDateTime, type: string}
#   parameters:
#     eligibility_days_max: {type: integer, default: 365, min: 1, max: 3650, meaning: most days for which somebody may be eligible for a role}
#   controls:
#     RTS-21-e-iv: rights lapse unless somebody renews them within the time that the review of rights has
#     RTS-21-e-iii: a right that is no longer needed ends without anybody acting
#     DORA-9-4-c: the administration of rights gives each privileged right an end
#   remediation:
#     terraform: |
#       resource "azurerm_pim_eligible_role_assignment" "example" {
#         # ...
#         schedule {
#           expiration {
#             end_date_time = "2027-01-01T00:00:00Z"
#           }
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Assignments > Eligible assignments > Update, without Permanently eligible
#     note: Let the settings of the role forbid permanent eligibility, so that nobody can grant it again.
package azure.authorization.eligibility_expires

_days := (time.parse_rfc3339_ns(input.resource.properties.endDateTime) - time.parse_rfc3339_ns(input.resource.properties.startDateTime)) / 86400000000000

deny contains finding if {
	input.resource.properties.startDateTime
	not input.resource.properties.endDateTime
	finding := {
		"message": "the eligibility never ends",
		"path": "resource.properties.endDateTime",
		"actual": "absent",
		"expected": sprintf("an end within %d days", [data.parameters.eligibility_days_max]),
	}
}

deny contains finding if {
	_days > data.parameters.eligibility_days_max
	finding := {
		"message": sprintf("the eligibility lasts %v days", [round(_days)]),
		"path": "resource.properties.endDateTime",
		"actual": round(_days),
		"expected": sprintf("an end within %d days", [data.parameters.eligibility_days_max]),
	}
}

unknown contains "the dates of the eligibility cannot be read" if {
	input.resource.properties.endDateTime
	not _days
}
