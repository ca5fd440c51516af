# METADATA
# title: The subnet of the PostgreSQL server holds one business domain only
# description: |
#   Network rules and routes apply to a whole subnet. Where two domains share one, neither can be closed off without the other, and what may
#   reach one may reach the other. The subnet of a server is fixed at creation: a finding means a new server, by restore or migration. A
#   server with a private endpoint is judged by the subnet of that endpoint.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private
# custom:
#   check: ISO-DOM-004
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.network.delegatedSubnetResourceId
#       type: string
#       absent: "the server is not placed in a subnet: it is public or has private endpoints"
#     - related.subnet_users
#   controls:
#     DORA-9-4-b: a subnet of one domain can be cut off at once without stopping another
#     RTS-13-1-a: shows that domains are segmented in the network, not only in name
#     RTS-13-1-j: a subnet of one domain can be isolated for a time as a whole
#   remediation:
#     az: |
#       az postgres flexible-server restore --resource-group RESOURCE_GROUP --name NEW_SERVER --source-server SERVER --subnet PAYMENTS_SUBNET_ID --private-dns-zone ZONE_ID
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "payments" {
#         # ...
#         delegated_subnet_id = azurerm_subnet.payments_postgresql.id # changing it replaces the server
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           network: {
#             delegatedSubnetResourceId: paymentsSubnet.id
#             privateDnsZoneArmResourceId: privateDnsZone.id
#           }
#         }
#       }
#     note: The restore makes a new server in the new subnet; move the clients, then delete the old one.
package azure.postgresql.subnet_serves_one_domain

import data.lib.domains

default subnet := ""

subnet := input.resource.properties.network.delegatedSubnetResourceId

users := input.related.subnet_users

not_applicable contains "the server is not placed in a delegated subnet" if subnet == ""

deny contains finding if {
	domains.shared(users)
	finding := {
		"message": sprintf("the subnet is shared by the business domains %s", [domains.names(users)]),
		"path": "related.subnet_users",
		"actual": domains.names(users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the subnet name no business domain", [users.undeclared.count]) if domains.undeclared(users)
