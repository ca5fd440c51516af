# METADATA
# title: A privileged role is assigned directly with a second factor and a reason
# description: |
#   Whoever administers rights can make a privileged role active for somebody at once. The settings can ask for multi-factor authentication of the
#   administrator and for a reason. Roles that are not on the list of privileged roles are left out. A rule that the answer does not hold is unknown.
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
#     pim_assignment_requirements: {type: list, default: [MultiFactorAuthentication, Justification], allowed: [MultiFactorAuthentication, Justification, Ticketing], meaning: what the direct assignment of a privileged role must ask for}
#   controls:
#     RTS-21-f-ii: shows whether giving a privileged role at once asks for strong authentication
#     RTS-21-a: each privilege that is given at once has a reason on record
#     DORA-9-4-c: the settings that guard privileged roles are compared with what the firm requires
#   remediation:
#     terraform: |
#       resource "azurerm_role_management_policy" "example" {
#         # ...
#         active_assignment_rules {
#           require_justification              = true
#           require_multifactor_authentication = true
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Settings > the role > Edit > Require Azure Multi-Factor Authentication on active assignment
package azure.authorization.direct_assignment_needs_strong_authentication

import data.lib.arm
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

not_applicable contains "the role is not privileged" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

unknown contains "the role is not known" if not roles.guid(input.resource.properties.roleDefinitionId)

_asked := [rule.enabledRules |
	some rule in input.resource.properties.effectiveRules
	arm.same(rule.id, "Enablement_Admin_Assignment")
	is_array(rule.enabledRules)
]

_missing := sort([wanted |
	some wanted in data.parameters.pim_assignment_requirements
	some asked in _asked
	not arm.one_of(wanted, asked)
])

deny contains finding if {
	_role
	count(_missing) > 0
	finding := {
		"message": sprintf("direct assignment does not ask for %s", [concat(", ", _missing)]),
		"path": "resource.properties.effectiveRules",
		"actual": sort([word | some asked in _asked; some word in asked]),
		"expected": sort(data.parameters.pim_assignment_requirements),
	}
}

unknown contains "what direct assignment asks for is not known" if count(_asked) == 0
