# METADATA
# title: A privileged role is activated with the approval of another person
# description: |
#   Where nobody has to approve, one person, or whoever took over the account, takes the role alone. Roles that are not on the list of
#   privileged roles are left out. A rule that the answer does not hold is unknown.
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
#   controls:
#     DORA-9-4-c: the settings that guard the moment of elevation are compared with what the firm requires
#     RTS-21-a: privilege is taken for a need and not kept
#     RTS-21-e-ii: shows how privileged access is bound to the moment and to a person
#     GDPR-32-1-b: power over systems with personal data cannot be taken by a stolen session alone
#     GDPR-32-4: those who administer act within rules that the firm has set
#     RTS-21-b: taking a privileged role needs two people
#   remediation:
#     terraform: |
#       resource "azurerm_role_management_policy" "example" {
#         # ...
#         activation_rules {
#           require_approval = true
#           approval_stage {
#             primary_approver {
#               object_id = var.approvers_object_id
#               type      = "Group"
#             }
#           }
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Settings > the role > Require approval to activate
package azure.authorization.activation_needs_approval

import data.lib.arm
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

not_applicable contains "the role is not privileged" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

unknown contains "the role is not known" if not roles.guid(input.resource.properties.roleDefinitionId)

_approvals := [required |
	some rule in input.resource.properties.effectiveRules
	arm.same(rule.id, "Approval_EndUser_Assignment")
	required := rule.setting.isApprovalRequired
]

deny contains finding if {
	_role
	some required in _approvals
	required == false
	finding := {
		"message": "the role is activated without approval",
		"path": "resource.properties.effectiveRules",
		"actual": required,
		"expected": true,
	}
}

unknown contains "whether approval is needed is not known" if not true in _approvals
