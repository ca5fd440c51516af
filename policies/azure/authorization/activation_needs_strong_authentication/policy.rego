# METADATA
# title: A privileged role is activated with strong authentication and a reason
# description: |
#   An activation without a second factor gives the role to whoever holds the password or session, and one without a reason leaves nothing
#   to review. Where an authentication context of conditional access takes the place of the second factor, set pim_activation_requirements
#   accordingly. Roles that are not on the list of privileged roles are left out. A rule that the answer does not hold is unknown.
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
#     pim_activation_requirements: {type: list, default: [MultiFactorAuthentication, Justification], allowed: [MultiFactorAuthentication, Justification, Ticketing], meaning: what the activation of a privileged role must ask for}
#   controls:
#     DORA-9-4-c: the settings that guard the moment of elevation are compared with what the firm requires
#     RTS-21-a: privilege is taken for a need and not kept
#     RTS-21-e-ii: shows how privileged access is bound to the moment and to a person
#     GDPR-32-1-b: power over systems with personal data cannot be taken by a stolen session alone
#     GDPR-32-4: those who administer act within rules that the firm has set
#     RTS-21-f-ii: privileged access needs strong authentication at the moment at which it begins
#   remediation:
#     terraform: |
#       resource "azurerm_role_management_policy" "example" {
#         # ...
#         activation_rules {
#           require_multifactor_authentication = true
#           require_justification              = true
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Settings > the role > On activation, require
package azure.authorization.activation_needs_strong_authentication

import data.lib.arm
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

not_applicable contains "the role is not privileged" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

unknown contains "the role is not known" if not roles.guid(input.resource.properties.roleDefinitionId)

_rules := [rule | some rule in input.resource.properties.effectiveRules; arm.same(rule.id, "Enablement_EndUser_Assignment")]

_asked := [requirement | some rule in _rules; some requirement in rule.enabledRules; is_string(requirement)]

deny contains finding if {
	_role
	count(_rules) > 0
	some requirement in data.parameters.pim_activation_requirements
	not arm.one_of(requirement, _asked)
	finding := {
		"message": sprintf("the activation does not ask for %s", [requirement]),
		"path": "resource.properties.effectiveRules",
		"actual": _asked,
		"expected": requirement,
	}
}

unknown contains "what the activation asks for is not known" if count(_rules) == 0
