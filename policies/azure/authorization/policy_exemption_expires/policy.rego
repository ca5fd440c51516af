# METADATA
# title: The exemption from Azure Policy ends within a year
# description: |
#   A resource that is exempt counts as compliant in the percentages of Azure Policy. An exemption without an end hides an accepted risk for
#   good, and nobody is reminded to look at it again.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure
# custom:
#   check: EVD-POL-001
#   severity: medium
#   resource: Microsoft.Authorization/policyExemptions
#   reads:
#     - path: resource.properties.expiresOn
#       type: string
#       absent: "the exemption never ends"
#     - {path: resource.properties.exemptionCategory, type: string}
#     - context.at
#   parameters:
#     exemption_days_max: {type: integer, default: 366, min: 1, max: 3660, meaning: most days that an exemption from a policy of Azure may still go on}
#   controls:
#     RTS-2-2-c-ii: exceptions from policies are recorded with an end
#     RTS-3-d-iv: an accepted risk comes up for review within a year, because its exemption lapses
#   remediation:
#     az: az policy exemption update --name EXEMPTION --scope SCOPE --expires-on 2027-03-01T00:00:00Z
#     terraform: |
#       resource "azurerm_resource_group_policy_exemption" "example" {
#         # ...
#         expires_on = "2027-03-01T00:00:00Z"
#       }
#     bicep: |
#       expiresOn: '2027-03-01T00:00:00Z'
package azure.authorization.policy_exemption_expires

import data.lib.durations

_left := durations.between(input.context.at, time.parse_rfc3339_ns(input.resource.properties.expiresOn) / 1000000000)

deny contains finding if {
	input.resource.properties.exemptionCategory
	not input.resource.properties.expiresOn
	finding := {
		"message": "the exemption never ends",
		"path": "resource.properties.expiresOn",
		"actual": "absent",
		"expected": sprintf("an end within %d days", [data.parameters.exemption_days_max]),
	}
}

deny contains finding if {
	_left > data.parameters.exemption_days_max
	finding := {
		"message": sprintf("the exemption goes on for %v days", [round(_left)]),
		"path": "resource.properties.expiresOn",
		"actual": round(_left),
		"expected": sprintf("an end within %d days", [data.parameters.exemption_days_max]),
	}
}

unknown contains "the end of the exemption cannot be read" if {
	input.resource.properties.expiresOn
	not _left
}
