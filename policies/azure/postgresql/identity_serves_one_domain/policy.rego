# METADATA
# title: The identities of the PostgreSQL server belong to one business domain only
# description: |
#   What an identity may do, every resource that carries it may do. With one identity on servers of two domains, a hold on either reaches the
#   keys and storage of both. Assignments to resources are counted; the roles that the identity holds, grants inside the database and
#   system-assigned identities, which nothing can share, are not.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations
# custom:
#   check: ISO-DOM-003
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.identity.userAssignedIdentities
#       type: object
#       absent: "no user-assigned identity is attached"
#     - related.identity_users
#   controls:
#     RTS-21-a: an identity that only one domain carries can be given what that domain needs and no more
#     RTS-21-b: rights that two domains must not hold together do not meet in one identity
#     DORA-9-4-c: confines access through the identities of the server to one approved area of activity
#     GDPR-32-1-b: a hold on one domain does not open the data of another through a common identity
#   remediation:
#     az: |
#       az identity create --resource-group RESOURCE_GROUP --name id-payments-pg
#       az postgres flexible-server identity assign --resource-group RESOURCE_GROUP --server-name SERVER --identity id-payments-pg
#       az postgres flexible-server identity remove --resource-group RESOURCE_GROUP --server-name SERVER --identity SHARED_IDENTITY_ID
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "payments" {
#         # ...
#         identity {
#           type         = "UserAssigned"
#           identity_ids = [azurerm_user_assigned_identity.payments.id]
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         identity: {
#           type: 'UserAssigned'
#           userAssignedIdentities: {
#             '${paymentsIdentity.id}': {}
#           }
#         }
#       }
#     note: The identity that reads the customer-managed key must keep that right until the server uses the new one.
package azure.postgresql.identity_serves_one_domain

import data.lib.domains

default identities := {}

identities := input.resource.identity.userAssignedIdentities

users := input.related.identity_users

not_applicable contains "the server carries no user-assigned identity" if count(identities) == 0

deny contains finding if {
	domains.shared(users)
	finding := {
		"message": sprintf("the identities are shared by the business domains %s", [domains.names(users)]),
		"path": "related.identity_users",
		"actual": domains.names(users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the identities name no business domain", [users.undeclared.count]) if domains.undeclared(users)
