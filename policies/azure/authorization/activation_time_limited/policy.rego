# METADATA
# title: A privileged role is activated for hours only
# description: |
#   A role that stays active for a day is standing privilege with a delay: whoever takes over the session has it for as long. Roles that are
#   not on the list of privileged roles are left out. A rule that the answer does not hold is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
# custom:
#   check: PAM-PIM-002
#   severity: high
#   resource: Microsoft.Authorization/roleManagementPolicyAssignments
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - {path: resource.properties.effectiveRules, type: array}
#   parameters:
#     privileged_roles: {type: list, default: [owner, contributor, user_access_administrator, role_based_access_control_administrator], allowed: [owner, contributor, user_access_administrator, role_based_access_control_administrator], meaning: roles that count as privileged}
#     pim_activation_hours_max: {type: integer, default: 8, min: 1, max: 24, meaning: most hours for which a privileged role may be activated}
#   controls:
#     DORA-9-4-c: the settings that guard the moment of elevation are compared with what the firm requires
#     RTS-21-a: privilege is taken for a need and not kept
#     RTS-21-e-ii: shows how privileged access is bound to the moment and to a person
#     GDPR-32-1-b: power over systems with personal data cannot be taken by a stolen session alone
#     GDPR-32-4: those who administer act within rules that the firm has set
#   remediation:
#     terraform: |
#       resource "azurerm_role_management_policy" "example" {
#         # ...
#         activation_rules {
#           maximum_duration = "PT8H"
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Settings > the role > Activation maximum duration
package azure.authorization.activation_time_limited

import data.lib.arm
import data.lib.durations
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

not_applicable contains "the role is not privileged" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

unknown contains "the role is not known" if not roles.guid(input.resource.properties.roleDefinitionId)

_hours := [hours |
	some rule in input.resource.properties.effectiveRules
	arm.same(rule.id, "Expiration_EndUser_Assignment")
	hours := durations.days(rule.maximumDuration) * 24
]

deny contains finding if {
	_role
	some hours in _hours
	hours > data.parameters.pim_activation_hours_max
	finding := {
		"message": sprintf("the role may be active for %v hours", [hours]),
		"path": "resource.properties.effectiveRules",
		"actual": hours,
		"expected": sprintf("at most %d hours", [data.parameters.pim_activation_hours_max]),
	}
}

unknown contains "the longest activation is not known" if count(_hours) == 0
