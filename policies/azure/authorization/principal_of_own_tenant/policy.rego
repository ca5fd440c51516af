# METADATA
# title: No group of another tenant holds a role
# description: |
#   The members of a foreign group are chosen in a directory that the firm does not administer: it neither sees who they are nor whether they
#   left, and its rules for signing in may not hold for them. Guests, who have an account in the firm's own directory, look like any user in
#   Azure and are a matter of the directory.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/lighthouse/overview
# custom:
#   check: PAM-ROLE-001
#   severity: high
#   resource: Microsoft.Authorization/roleAssignments
#   reads:
#     - {path: resource.properties.principalType, type: string}
#   controls:
#     RTS-21-a: shows rights whose holders the firm cannot name, and so cannot compare with a need
#     DORA-9-4-c: access is administered in the firm's own directory
#     RTS-20-1: those who have access are identities that the firm knows one by one
#   remediation:
#     az: az role assignment delete --ids ASSIGNMENT_ID
#     portal: The scope > Access control (IAM) > Role assignments > the group > Remove
#     note: A provider that must have access gets guest accounts with eligible roles, or a delegation that the firm reviews.
package azure.authorization.principal_of_own_tenant

import data.lib.arm

deny contains finding if {
	arm.same(input.resource.properties.principalType, "ForeignGroup")
	finding := {
		"message": "a group of another tenant holds the role",
		"path": "resource.properties.principalType",
		"actual": input.resource.properties.principalType,
		"expected": "a principal of the firm's own directory",
	}
}

unknown contains sprintf("%q is no kind of principal that this policy knows", [input.resource.properties.principalType]) if {
	not arm.one_of(input.resource.properties.principalType, ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device", "AgentUser", "AgentServicePrincipal"])
}
