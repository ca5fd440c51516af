# METADATA
# title: Few principals may restore the data of a subscription
# description: |
#   Each principal that may restore can overwrite what is there or make a copy that nobody watches. The policy counts the people and groups that
#   hold a built-in role with the right to restore on the subscription itself. A group counts as one; roles on groups and resources below, and of
#   a management group above, owners, contributors and custom roles are not counted. Identities of vaults are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
# custom:
#   check: RST-ROLE-001
#   severity: medium
#   resource: Microsoft.Resources/subscriptions
#   reads:
#     - {path: related.role_assignments.*.properties.roleDefinitionId, type: string}
#     - {path: related.role_assignments.*.properties.principalId, type: string}
#     - {path: related.role_assignments.*.properties.principalType, type: string}
#   parameters:
#     restore_roles: {type: list, default: [Backup Contributor, Backup Operator, CosmosBackupOperator, CosmosRestoreOperator, Disk Restore Operator, DocumentDB Account Contributor, SQL DB Contributor, SQL Managed Instance Contributor, SQL Server Contributor, Site Recovery Contributor, Site Recovery Operator, Storage Account Backup Contributor], allowed: [Backup Contributor, Backup Operator, CosmosBackupOperator, CosmosRestoreOperator, Disk Restore Operator, DocumentDB Account Contributor, SQL DB Contributor, SQL Managed Instance Contributor, SQL Server Contributor, Site Recovery Contributor, Site Recovery Operator, Storage Account Backup Contributor], meaning: built-in roles that count as able to restore data}
#     restore_principals_max: {type: integer, default: 3, min: 0, max: 50, meaning: most people and groups that may restore the data of a subscription}
#   controls:
#     RTS-21-a: compares the number of those who may restore with what the firm allows
#     DORA-9-4-c: shows how many may start an activity that needs an approval
#     DORA-9-3-d: the fewer may restore, the fewer can overwrite data by mistake
#   remediation:
#     az: |
#       az role assignment list --scope /subscriptions/SUBSCRIPTION_ID --role "Backup Operator" --output table
#       az role assignment delete --ids ASSIGNMENT_ID
#     portal: Subscription > Access control (IAM) > Role assignments
package azure.authorization.restore_principals_few

import data.lib.arm
import data.lib.duties
import data.lib.roles

_restorers := sort({other.properties.principalId |
	some other in input.related.role_assignments
	duties.role(roles.guid(other.properties.roleDefinitionId), "restore") in data.parameters.restore_roles
	arm.one_of(other.properties.principalType, ["User", "Group", "ForeignGroup"])
})

deny contains finding if {
	count(_restorers) > data.parameters.restore_principals_max
	finding := {
		"message": sprintf("%d people and groups may restore the data of the subscription", [count(_restorers)]),
		"path": "related.role_assignments.*.properties.principalId",
		"actual": _restorers,
		"expected": sprintf("at most %d", [data.parameters.restore_principals_max]),
	}
}

unknown contains "a role that is assigned is not known" if {
	some other in input.related.role_assignments
	not roles.guid(other.properties.roleDefinitionId)
}

unknown contains sprintf("%q is no kind of principal that this policy knows", [other.properties.principalType]) if {
	some other in input.related.role_assignments
	not arm.one_of(other.properties.principalType, ["User", "Group", "ForeignGroup", "ServicePrincipal", "Device", "AgentUser", "AgentServicePrincipal"])
}
