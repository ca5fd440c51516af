# METADATA
# title: The identities of the MySQL server belong to one business domain only
# description: |
#   A managed identity that several domains share carries the rights of each to all: whoever controls one resource can act with the rights
#   of the other. All resources of the snapshot that are assigned one of the server's identities count; a user that names no domain gives
#   unknown. What an identity may reach by role assignments, and grants inside a database, are not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
# custom:
#   check: ISO-DOM-003
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.identity.userAssignedIdentities
#       type: object
#       absent: "none: the server has no user-assigned identity"
#     - related.identity_users
#   controls:
#     RTS-21-a: an identity that serves one domain can be granted what that domain needs and no more
#     RTS-21-b: rights of two domains do not come together in one identity
#     DORA-9-4-c: keeps logical access of one domain's resources apart from that of another's
#     GDPR-32-1-b: control of a resource in one domain gives no access to personal data of another through a shared identity
#   remediation:
#     az: |
#       az identity create --resource-group RG --name id-mysql-cards-weu
#       az mysql flexible-server identity assign --resource-group RG --server-name SERVER --identity id-mysql-cards-weu
#       az mysql flexible-server update --resource-group RG --name SERVER --identity id-mysql-cards-weu \
#         --key https://VAULT.vault.azure.net/keys/KEY
#       az mysql flexible-server identity remove --resource-group RG --server-name SERVER --identity SHARED_IDENTITY
#     terraform: |
#       resource "azurerm_user_assigned_identity" "cards" {
#         name                = "id-mysql-cards-weu"
#         location            = "westeurope"
#         resource_group_name = "rg-cards-weu"
#       }
#       resource "azurerm_mysql_flexible_server" "cards" {
#         # ...
#         identity {
#           type         = "UserAssigned"
#           identity_ids = [azurerm_user_assigned_identity.cards.id]
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         identity: { type: 'UserAssigned', userAssignedIdentities: { '${cardsIdentity.id}': {} } }
#       }
package azure.mysql.identity_serves_one_domain

import data.lib.domains

default _identities := {}

_identities := input.resource.identity.userAssignedIdentities

_users := input.related.identity_users

not_applicable contains "the server carries no user-assigned identity" if count(_identities) == 0

deny contains finding if {
	domains.shared(_users)
	finding := {
		"message": sprintf("the identities are shared by the business domains %s", [domains.names(_users)]),
		"path": "related.identity_users",
		"actual": domains.names(_users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the identities name no business domain", [_users.undeclared.count]) if domains.undeclared(_users)
