# METADATA
# title: Nobody may restore data for ever
# description: |
#   A restore overwrites what is there, or makes a second copy of production data that nobody watches. People who may restore take the role for
#   hours through Privileged Identity Management, or hold it until a date. Identities of vaults and programs cannot activate roles and are left
#   out. Owners and contributors may restore too and are judged among the privileged roles; custom roles are not judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
# custom:
#   check: RST-ROLE-001
#   severity: medium
#   resource: Microsoft.Authorization/roleAssignmentScheduleInstances
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - {path: resource.properties.assignmentType, type: string}
#     - {path: resource.properties.principalType, type: string}
#     - path: resource.properties.endDateTime
#       type: string
#       absent: "the assignment never ends"
#   parameters:
#     restore_roles: {type: list, default: [Backup Contributor, Backup Operator, CosmosBackupOperator, CosmosRestoreOperator, Disk Restore Operator, DocumentDB Account Contributor, SQL DB Contributor, SQL Managed Instance Contributor, SQL Server Contributor, Site Recovery Contributor, Site Recovery Operator, Storage Account Backup Contributor], allowed: [Backup Contributor, Backup Operator, CosmosBackupOperator, CosmosRestoreOperator, Disk Restore Operator, DocumentDB Account Contributor, SQL DB Contributor, SQL Managed Instance Contributor, SQL Server Contributor, Site Recovery Contributor, Site Recovery Operator, Storage Account Backup Contributor], meaning: built-in roles that count as able to restore data}
#   controls:
#     RTS-21-a: shows a right to restore that is held and not needed at every moment
#     DORA-9-4-c: the right to restore exists while an approved restore needs it
#     DORA-9-3-d: data is out of reach of a restore by mistake
#   remediation:
#     terraform: |
#       resource "azurerm_pim_eligible_role_assignment" "restore" {
#         scope              = data.azurerm_subscription.example.id
#         role_definition_id = "${data.azurerm_subscription.example.id}/providers/Microsoft.Authorization/roleDefinitions/00c29273-979b-4161-815c-10b084fb9324"
#         principal_id       = var.restore_team_object_id
#       }
#     portal: |
#       Privileged Identity Management > Azure resources > the scope > Assignments: add the person as eligible, then remove the active assignment
package azure.authorization.restore_role_not_standing

import data.lib.arm
import data.lib.duties
import data.lib.roles

_role := name if {
	name := duties.role(roles.guid(input.resource.properties.roleDefinitionId), "restore")
	name in data.parameters.restore_roles
}

_person if arm.one_of(input.resource.properties.principalType, ["User", "Group", "ForeignGroup"])

not_applicable contains "the role cannot restore" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

not_applicable contains "the principal is no person" if {
	arm.one_of(input.resource.properties.principalType, ["ServicePrincipal", "Device", "AgentUser", "AgentServicePrincipal"])
}

deny contains finding if {
	_person
	arm.same(input.resource.properties.assignmentType, "Assigned")
	not input.resource.properties.endDateTime
	finding := {
		"message": sprintf("%s is assigned without an end", [_role]),
		"path": "resource.properties.endDateTime",
		"actual": "absent",
		"expected": "an end, or an activation",
	}
}

unknown contains sprintf("assignmentType is %q, which this policy does not know", [input.resource.properties.assignmentType]) if {
	not arm.one_of(input.resource.properties.assignmentType, ["Assigned", "Activated"])
}

unknown contains sprintf("%q is no kind of principal that this policy knows", [input.resource.properties.principalType]) if {
	not arm.one_of(input.resource.properties.principalType, ["User", "Group", "ForeignGroup", "ServicePrincipal", "Device", "AgentUser", "AgentServicePrincipal"])
}

unknown contains "the role of the assignment is not known" if not roles.guid(input.resource.properties.roleDefinitionId)
