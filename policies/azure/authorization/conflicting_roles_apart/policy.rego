# METADATA
# title: No principal holds two roles that check each other
# description: |
#   Whoever administers both the keys and the data, or both the backups and the guard that must approve their deletion, can do alone what
#   needs two. The policy compares the built-in roles that one principal holds. Owners and contributors hold many duties in one role and are
#   judged by other policies; what a custom role may do is judged on the role. It compares principals, not people: whoever is a member of two
#   groups is not seen here. How near two scopes must be is a parameter; the guard of backups counts wherever it lies.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
#   - ref: https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
# custom:
#   check: PAM-SOD-001
#   severity: high
#   resource: Microsoft.Authorization/roleAssignments
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - path: related.principal_assignments.*.properties.roleDefinitionId
#       type: string
#       in_part: one other assignment that conflicts is enough for a fail
#   parameters:
#     duty_conflicts: {type: list, default: [keys_and_data, backups_and_guard, access_and_data], allowed: [keys_and_data, backups_and_guard, access_and_data, logs_and_systems], meaning: pairs of duties that no principal may hold together}
#     duty_conflict_reach: {type: string, default: subscription, allowed: [overlap, subscription, anywhere], meaning: how near the scopes of two conflicting roles must be}
#   controls:
#     RTS-21-b: compares the roles of each principal with pairs whose combination defeats a control
#     DORA-9-4-c: shows access that reaches beyond one approved activity into the one that checks it
#     RTS-7-2: whoever rules encrypted data does not rule its key as well
#   remediation:
#     az: az role assignment delete --ids ASSIGNMENT_ID
#     terraform: |
#       resource "azurerm_role_assignment" "keys" {
#         scope                = azurerm_key_vault.example.id
#         role_definition_name = "Key Vault Crypto Officer"
#         principal_id         = var.key_custodians_object_id # not the group that administers the databases
#       }
#     portal: The scope > Access control (IAM) > Role assignments > the assignment > Remove
#     note: Decide first which of the two duties the principal keeps.
package azure.authorization.conflicting_roles_apart

import data.lib.duties
import data.lib.roles

_guid := roles.guid(input.resource.properties.roleDefinitionId)

_scope := duties.scope(input.resource.id)

_pairs := {pair |
	some pair in data.parameters.duty_conflicts
	duties.against(_guid, pair)
}

not_applicable contains "the role carries none of the duties" if {
	_guid
	count(_pairs) == 0
}

unknown contains "the role of the assignment is not known" if not roles.guid(input.resource.properties.roleDefinitionId)

# What the same principal holds against this role: the other's id, its role, the pair.
_against contains {"id": id, "role": role, "pair": pair} if {
	some id, other in input.related.principal_assignments
	guid := roles.guid(other.properties.roleDefinitionId)
	some pair in _pairs
	some duty in duties.against(_guid, pair)
	role := duties.role(guid, duty)
}

_meets(other) if duties.apart(other.pair)

_meets(other) if duties.meets(_scope, duties.scope(other.id), data.parameters.duty_conflict_reach)

deny contains finding if {
	some other in _against
	_meets(other)
	finding := {
		"message": sprintf("the principal also holds %s (%s) on %s", [other.role, replace(other.pair, "_", " "), _named(other.id)]),
		"path": "related.principal_assignments.*.properties.roleDefinitionId",
		"actual": other.role,
		"expected": "another principal",
	}
}

_named(id) := duties.scope(id) if duties.scope(id) != ""

_named(id) := "the whole tenant" if duties.scope(id) == ""

_compared(other) if {
	duties.known(_scope)
	duties.known(duties.scope(other.id))
}

unknown contains sprintf("whether %s meets the scope of %s, which the principal also holds, is not known", [input.resource.id, other.role]) if {
	some other in _against
	not _meets(other)
	not _compared(other)
}
