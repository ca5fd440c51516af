# METADATA
# title: The settings let nobody be eligible for a privileged role for ever
# description: |
#   Eligibility that ends must be asked for again, and somebody looks at it then. Where the role's settings allow one without end, the next one
#   that is granted may stay. Roles that are not on the list of privileged roles are left out. A rule that the answer does not hold is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
# custom:
#   check: PAM-PIM-003
#   severity: medium
#   resource: Microsoft.Authorization/roleManagementPolicyAssignments
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - {path: resource.properties.effectiveRules, type: array}
#   parameters:
#     privileged_roles: {type: list, default: [owner, contributor, user_access_administrator, role_based_access_control_administrator], allowed: [owner, contributor, user_access_administrator, role_based_access_control_administrator], meaning: roles that count as privileged}
#     eligibility_days_max: {type: integer, default: 365, min: 1, max: 3650, meaning: most days for which somebody may be eligible for a role}
#   controls:
#     RTS-21-e-iv: eligibility that ends forces a look at it, which adds to reviews and does not replace them
#     RTS-21-e-iii: a right that nobody renews goes away by itself
#     DORA-9-4-c: the settings that guard privileged roles are compared with what the firm requires
#   remediation:
#     terraform: |
#       resource "azurerm_role_management_policy" "example" {
#         # ...
#         eligible_assignment_rules {
#           expiration_required = true
#           expire_after        = "P365D"
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Settings > the role > Edit > Allow permanent eligible assignment
package azure.authorization.eligibility_must_expire

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
	arm.same(rule.id, "Expiration_Admin_Eligibility")
]

deny contains finding if {
	_role
	some rule in _rules
	rule.isExpirationRequired == false
	finding := {
		"message": "the settings allow eligibility without an end",
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
	days > data.parameters.eligibility_days_max
	finding := {
		"message": sprintf("the settings allow eligibility for %v days", [days]),
		"path": "resource.properties.effectiveRules",
		"actual": days,
		"expected": sprintf("at most %d days", [data.parameters.eligibility_days_max]),
	}
}

_clear(rule) if rule.isExpirationRequired == false

_clear(rule) if {
	rule.isExpirationRequired == true
	durations.days(rule.maximumDuration)
}

unknown contains "whether eligibility must end is not known" if count([rule | some rule in _rules; _clear(rule)]) == 0
