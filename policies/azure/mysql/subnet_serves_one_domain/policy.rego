# METADATA
# title: The subnet of the MySQL server holds one business domain only
# description: |
#   Resources in one subnet share its routes and its security rules and are cut off together. A subnet for each domain lets the firm isolate
#   one domain alone. All resources of the snapshot that are placed in the same subnet count; a user that names no domain gives unknown. The
#   subnet is fixed when the server is created: another one means a new server and moving the data.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-vnet
# custom:
#   check: ISO-DOM-004
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.network.delegatedSubnetResourceId
#       type: string
#       absent: "none: the server is not placed in a subnet"
#     - related.subnet_users
#   controls:
#     DORA-9-4-b: the network of one domain can be severed without touching another domain
#     RTS-13-1-a: shows that the networks of domains are segregated at the level of subnets
#     RTS-13-1-j: a subnet of one domain can be isolated for a time; that it was tried is not seen here
#   remediation:
#     az: |
#       az network vnet subnet create --resource-group RG --vnet-name VNET --name snet-mysql-cards --address-prefixes 10.20.4.0/27 \
#         --delegations Microsoft.DBforMySQL/flexibleServers
#       az mysql flexible-server create --resource-group RG --name NEW_SERVER --subnet SUBNET_ID --private-dns-zone ZONE_ID
#     terraform: |
#       resource "azurerm_subnet" "mysql_cards" {
#         name                 = "snet-mysql-cards"
#         resource_group_name  = "rg-network-weu"
#         virtual_network_name = "vnet-cards-weu"
#         address_prefixes     = ["10.20.4.0/27"]
#         delegation {
#           name = "mysql"
#           service_delegation {
#             name    = "Microsoft.DBforMySQL/flexibleServers"
#             actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
#           }
#         }
#       }
#       resource "azurerm_mysql_flexible_server" "cards" {
#         # ...
#         delegated_subnet_id = azurerm_subnet.mysql_cards.id
#       }
#     note: Move the data with mysqldump, mydumper or data-in replication.
package azure.mysql.subnet_serves_one_domain

import data.lib.domains

default _subnet := ""

_subnet := input.resource.properties.network.delegatedSubnetResourceId

_users := input.related.subnet_users

not_applicable contains "the server is not placed in a delegated subnet" if _subnet == ""

deny contains finding if {
	domains.shared(_users)
	finding := {
		"message": sprintf("the subnet is shared by the business domains %s", [domains.names(_users)]),
		"path": "related.subnet_users",
		"actual": domains.names(_users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the subnet name no business domain", [_users.undeclared.count]) if domains.undeclared(_users)
