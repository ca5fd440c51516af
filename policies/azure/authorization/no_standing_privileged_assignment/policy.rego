# METADATA
# title: Nobody holds a privileged role for ever
# description: |
#   A privileged role that is assigned without an end is there for whoever takes over the account, at any hour. A role that is activated for
#   hours, or assigned until a date, is not. Accounts for emergencies need a waiver with the reason. Roles that are not on the list of
#   privileged roles are left out. Reading schedules needs Privileged Identity Management.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-activate-your-roles
# custom:
#   check: PAM-PIM-001
#   severity: critical
#   resource: Microsoft.Authorization/roleAssignmentScheduleInstances
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - {path: resource.properties.assignmentType, type: string}
#     - path: resource.properties.endDateTime
#       type: string
#       absent: "the assignment never ends"
#   parameters:
#     privileged_roles: {type: list, default: [owner, contributor, user_access_administrator, role_based_access_control_administrator], allowed: [owner, contributor, user_access_administrator, role_based_access_control_administrator], meaning: roles that count as privileged}
#   controls:
#     DORA-9-4-c: rights over whole systems exist while an approved activity needs them
#     RTS-21-a: shows privilege that is held and not needed at every moment
#     RTS-21-e-ii: compares each privileged assignment with the rule that such access is given for the need of the moment
#     GDPR-32-1-b: a stolen administrator's account has no standing power over systems with personal data
#     GDPR-32-4: those who administer act within a window that somebody can look at
#   remediation:
#     terraform: |
#       resource "azurerm_pim_active_role_assignment" "example" {
#         # ...
#         schedule {
#           expiration {
#             end_date_time = "2027-01-01T00:00:00Z"
#           }
#         }
#       }
#     portal: |
#       Privileged Identity Management > Azure resources > the scope > Assignments: add the person as eligible, then remove the active assignment
package azure.authorization.no_standing_privileged_assignment

import data.lib.arm
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

not_applicable contains "the role is not privileged" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

deny contains finding if {
	arm.same(input.resource.properties.assignmentType, "Assigned")
	not input.resource.properties.endDateTime
	finding := {
		"message": sprintf("%s is assigned without an end", [replace(_role, "_", " ")]),
		"path": "resource.properties.endDateTime",
		"actual": "absent",
		"expected": "an end, or an activation",
	}
}

unknown contains sprintf("assignmentType is %q, which this policy does not know", [input.resource.properties.assignmentType]) if {
	not arm.one_of(input.resource.properties.assignmentType, ["Assigned", "Activated"])
}

unknown contains "the role of the assignment is not known" if not roles.guid(input.resource.properties.roleDefinitionId)
