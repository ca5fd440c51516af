# METADATA
# title: No privileged role is assigned on a whole subscription or above
# description: |
#   An owner, contributor or access administrator of a subscription may change or delete everything in it, or give himself the right to.
#   Assign such roles on resource groups, or make them eligible and activated for a time only. A role that is activated at the moment of
#   reading shows as an assignment and is found here as well; the policies on schedules tell the two apart. Assignments to a break-glass
#   account need a waiver.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/best-practices
# custom:
#   check: PAM-ROLE-001
#   severity: high
#   resource: Microsoft.Authorization/roleAssignments
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#   parameters:
#     privileged_roles: {type: list, default: [owner, contributor, user_access_administrator, role_based_access_control_administrator], allowed: [owner, contributor, user_access_administrator, role_based_access_control_administrator], meaning: roles that count as privileged}
#   controls:
#     RTS-21-a: shows rights that reach further than any one task needs
#     DORA-9-4-c: access is limited to what approved activities need, and a whole subscription seldom is
#     RTS-21-b: whoever rules a whole subscription also rules what is meant to check him
#   remediation:
#     az: |
#       az role assignment delete --ids ASSIGNMENT_ID && az role assignment create --assignee-object-id OBJECT_ID --assignee-principal-type Group --role Reader --scope RESOURCE_GROUP_ID
#     terraform: |
#       resource "azurerm_role_assignment" "example" {
#         scope                = azurerm_resource_group.example.id
#         role_definition_name = "Key Vault Crypto User"
#         principal_id         = var.team_object_id
#       }
#     bicep: |
#       resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
#         name: guid(vault.id, teamObjectId)
#         scope: vault
#         properties: {
#           roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '12338af0-0e69-4776-bea7-57ae8d297424')
#           principalId: teamObjectId
#           principalType: 'Group'
#         }
#       }
package azure.authorization.privileged_role_not_wide

import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

deny contains finding if {
	roles.wide(input.resource.id)
	finding := {
		"message": sprintf("%s is assigned on a whole subscription or above", [replace(_role, "_", " ")]),
		"path": "resource.properties.roleDefinitionId",
		"actual": _role,
		"expected": "a narrower role or scope",
	}
}

unknown contains "the scope of the assignment is not known" if {
	not roles.wide(input.resource.id)
	not roles.narrow(input.resource.id)
}

unknown contains "the role of the assignment is not known" if not roles.guid(input.resource.properties.roleDefinitionId)
