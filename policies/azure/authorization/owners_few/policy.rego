# METADATA
# title: A subscription has few owners, and enough
# description: |
#   Every owner can do everything and give it to others; without any, nobody can act when the usual way is shut. The policy counts the principals
#   that are assigned Owner on the subscription itself. A group counts as one, however many it holds; owners of a management group above, and
#   those who are eligible and have not activated the role, are not counted. The bounds are parameters: with eligible owners only, zero is right.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/best-practices#limit-the-number-of-subscription-owners
# custom:
#   check: PAM-ROLE-001
#   severity: high
#   resource: Microsoft.Resources/subscriptions
#   reads:
#     - {path: related.role_assignments.*.properties.roleDefinitionId, type: string}
#     - {path: related.role_assignments.*.properties.principalId, type: string}
#   parameters:
#     subscription_owners_min: {type: integer, default: 0, min: 0, max: 10, meaning: fewest principals that are assigned Owner on a subscription}
#     subscription_owners_max: {type: integer, default: 3, min: 0, max: 50, meaning: most principals that are assigned Owner on a subscription}
#   controls:
#     RTS-21-a: compares the number of those who may do everything with what the firm allows
#     RTS-21-b: the fewer may do everything, the fewer can undo a separation of duties
#     DORA-9-4-c: shows how many principals have access beyond any one approved activity
#   remediation:
#     az: |
#       az role assignment list --scope /subscriptions/SUBSCRIPTION_ID --role Owner --output table
#       az role assignment delete --ids ASSIGNMENT_ID
#     portal: Subscription > Access control (IAM) > Role assignments > Owner
package azure.authorization.owners_few

import data.lib.roles

_owners := sort({other.properties.principalId |
	some other in input.related.role_assignments
	roles.named(other.properties.roleDefinitionId, ["owner"])
})

deny contains finding if {
	count(_owners) > data.parameters.subscription_owners_max
	finding := {
		"message": sprintf("%d principals own the subscription", [count(_owners)]),
		"path": "related.role_assignments.*.properties.principalId",
		"actual": _owners,
		"expected": sprintf("at most %d", [data.parameters.subscription_owners_max]),
	}
}

deny contains finding if {
	count(_owners) < data.parameters.subscription_owners_min
	finding := {
		"message": sprintf("%d principals own the subscription", [count(_owners)]),
		"path": "related.role_assignments.*.properties.roleDefinitionId",
		"actual": _owners,
		"expected": sprintf("at least %d", [data.parameters.subscription_owners_min]),
	}
}

unknown contains "a role that is assigned is not known" if {
	some other in input.related.role_assignments
	not roles.guid(other.properties.roleDefinitionId)
}
