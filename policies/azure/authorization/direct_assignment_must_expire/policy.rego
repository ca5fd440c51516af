# METADATA
# title: The settings let nobody hold a privileged role for ever
# description: |
#   An assignment that is active at once needs no activation, and so no second factor, reason or approval at the moment of use. Where the role's
#   settings allow one without end, any administrator can make one. Roles that are not on the list of privileged roles are left out. A rule that
#   the answer does not hold is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
# custom:
#   check: PAM-PIM-002
#   severity: medium
#   resource: Microsoft.Authorization/roleManagementPolicyAssignments
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - {path: resource.properties.effectiveRules, type: array}
#   parameters:
#     privileged_roles: {type: list, default: [owner, contributor, user_access_administrator, role_based_access_control_administrator], allowed: [owner, contributor, user_access_administrator, role_based_access_control_administrator], meaning: roles that count as privileged}
#     direct_assignment_days_max: {type: integer, default: 15, min: 1, max: 365, meaning: most days for which a privileged role may be assigned directly}
#   controls:
#     DORA-9-4-c: the settings that guard privileged roles are compared with what the firm requires
#     RTS-21-e-ii: shows whether privilege may exist without a need of the moment
#     RTS-21-a: the settings themselves keep rights from staying longer than a need
#   remediation:
#     terraform: |
#       resource "azurerm_role_management_policy" "example" {
#         # ...
#         active_assignment_rules {
#           expiration_required = true
#           expire_after        = "P15D"
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Settings > the role > Edit > Allow permanent active assignment
package azure.authorization.direct_assignment_must_expire

import data.lib.arm
import data.lib.durations
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

not_applicable contains "the role is not privileged" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

unknown contains "the role is not known" if not roles.guid(input.resource.properties.roleDefinitionId)

_rules := [rule |
	some rule in input.resource.properties.effectiveRules
	arm.same(rule.id, "Expiration_Admin_Assignment")
]

deny contains finding if {
	_role
	some rule in _rules
	rule.isExpirationRequired == false
	finding := {
		"message": "the settings allow direct assignments without an end",
		"path": "resource.properties.effectiveRules",
		"actual": false,
		"expected": true,
	}
}

deny contains finding if {
	_role
	some rule in _rules
	rule.isExpirationRequired == true
	days := durations.days(rule.maximumDuration)
	days > data.parameters.direct_assignment_days_max
	finding := {
		"message": sprintf("the settings allow direct assignments for %v days", [days]),
		"path": "resource.properties.effectiveRules",
		"actual": days,
		"expected": sprintf("at most %d days", [data.parameters.direct_assignment_days_max]),
	}
}

_clear(rule) if rule.isExpirationRequired == false

_clear(rule) if {
	rule.isExpirationRequired == true
	durations.days(rule.maximumDuration)
}

unknown contains "whether direct assignments must end is not known" if count([rule | some rule in _rules; _clear(rule)]) == 0
