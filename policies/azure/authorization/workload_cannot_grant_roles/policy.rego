# METADATA
# title: No workload may give rights to others
# description: |
#   An application with the role of an owner or access administrator gives itself and others any right, without a person, a second factor or
#   an approval; whoever gets hold of its secret or pipeline can do the same. Deployment identities that must grant roles need a role with a
#   condition that says which, or a waiver. That there is a condition is seen here; what its text allows, people must read.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview
# custom:
#   check: PAM-ROLE-001
#   severity: high
#   resource: Microsoft.Authorization/roleAssignments
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - {path: resource.properties.principalType, type: string}
#     - {path: resource.properties.condition, type: string, absent: "the role counts without condition"}
#   parameters:
#     conditional_role_grants_accepted: {type: boolean, default: true, meaning: whether a workload may grant roles under a condition whose text is not judged}
#   controls:
#     RTS-21-a: shows a program with a right that seldom is the least it needs
#     RTS-21-b: a program that grants roles can undo any separation of duties
#     DORA-9-4-c: rights are administered by people who answer for them, and not by whatever runs as the program
#   remediation:
#     az: |
#       az role assignment delete --ids ASSIGNMENT_ID && az role assignment create --assignee-object-id OBJECT_ID --assignee-principal-type ServicePrincipal --role Contributor --scope RESOURCE_GROUP_ID
#     terraform: |
#       resource "azurerm_role_assignment" "deployment" {
#         scope                = azurerm_resource_group.example.id
#         role_definition_name = "Contributor"
#         principal_id         = azurerm_user_assigned_identity.deployment.principal_id
#         principal_type       = "ServicePrincipal"
#       }
#     bicep: |
#       resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
#         name: guid(resourceGroup().id, deploymentObjectId)
#         properties: {
#           roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b24988ac-6180-42a0-ab88-20f7382dd24c')
#           principalId: deploymentObjectId
#           principalType: 'ServicePrincipal'
#         }
#       }
package azure.authorization.workload_cannot_grant_roles

import data.lib.arm
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, ["owner", "user_access_administrator", "role_based_access_control_administrator"])

_workload if arm.one_of(input.resource.properties.principalType, ["ServicePrincipal", "AgentServicePrincipal"])

_accepted if {
	data.parameters.conditional_role_grants_accepted == true
	regex.match(`\S`, input.resource.properties.condition)
}

deny contains finding if {
	_workload
	not _accepted
	finding := {
		"message": sprintf("a workload is %s", [replace(_role, "_", " ")]),
		"path": "resource.properties.roleDefinitionId",
		"actual": _role,
		"expected": "a role that grants no roles",
	}
}

unknown contains sprintf("%q is no kind of principal that this policy knows", [input.resource.properties.principalType]) if {
	not arm.one_of(input.resource.properties.principalType, ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device", "AgentUser", "AgentServicePrincipal"])
}

unknown contains "the role of the assignment is not known" if not roles.guid(input.resource.properties.roleDefinitionId)
