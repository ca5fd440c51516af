# METADATA
# title: The managed identity is used by one business domain only
# description: |
#   What an identity may do, every resource that carries it may do. An identity on resources of two domains lets a hold on one reach the data
#   of the other, and its rights must be the sum of what both need. Assignments to resources are counted; the roles that the identity holds
#   and its federated credentials are not.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations
# custom:
#   check: ISO-DOM-003
#   severity: high
#   resource: Microsoft.ManagedIdentity/userAssignedIdentities
#   reads:
#     - related.identity_users
#   controls:
#     RTS-21-a: an identity that only one domain carries can be given what that domain needs and no more
#     RTS-21-b: rights that two domains must not hold together do not meet in this identity
#     DORA-9-4-c: confines access through this identity to one approved area of activity
#     GDPR-32-1-b: a hold on one domain does not open the data of another through a common identity
#   remediation:
#     az: |
#       az identity create --resource-group RESOURCE_GROUP --name id-payments --tags domain=payments
#       az role assignment create --assignee-object-id NEW_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role ROLE --scope SCOPE
#     terraform: |
#       resource "azurerm_user_assigned_identity" "payments" {
#         name                = "id-payments"
#         location            = azurerm_resource_group.payments.location
#         resource_group_name = azurerm_resource_group.payments.name
#         tags                = { domain = "payments" }
#       }
#     bicep: |
#       resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
#         name: 'id-payments'
#         location: location
#         tags: {
#           domain: 'payments'
#         }
#       }
#     note: Give each domain an identity of its own, move its resources to it, then take the rights of that domain from the old one.
package azure.managed_identity.serves_one_domain

import data.lib.domains

users := input.related.identity_users

not_applicable contains "no resource uses the identity" if users.count == 0

deny contains finding if {
	domains.shared(users)
	finding := {
		"message": sprintf("the identity is shared by the business domains %s", [domains.names(users)]),
		"path": "related.identity_users",
		"actual": domains.names(users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the identity name no business domain", [users.undeclared.count]) if domains.undeclared(users)
