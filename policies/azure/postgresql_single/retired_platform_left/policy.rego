# METADATA
# title: No PostgreSQL single server is left
# description: |
#   Azure has retired PostgreSQL single server: it gets no corrections and no support, and servers that were left have been stopped or
#   moved. Code that still declares one cannot be applied. The finding stands for every such server, unless the parameter
#   retired_types_allowed tolerates the type while the move is under way.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: INV-RET-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/servers
#   reads:
#     - {path: resource.type, type: string}
#   parameters:
#     retired_types_allowed: {type: list, default: [], allowed: [Microsoft.DBforPostgreSQL/servers, Microsoft.DBforMySQL/servers, Microsoft.DBforMariaDB/servers], meaning: retired types of database server that the firm tolerates}
#   controls:
#     DORA-7-intro: a platform that its supplier has ended cannot be kept up to date
#     DORA-8-7: names the legacy systems that the yearly assessment has to look at
#     RTS-4-2-b-ix: for this type the date of the supplier has passed
#   remediation:
#     az: |
#       az postgres flexible-server migration create --resource-group RESOURCE_GROUP --server-name NEW_SERVER --name move --properties migration.json
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         name    = "pg-payments-weu-01"
#         version = "17"
#       }
#     note: |
#       Declare a flexible server in its place, move the data (a dump and restore where the server is still there), move the clients, then
#       take the old server out of the code.
package azure.postgresql_single.retired_platform_left

import data.lib.arm

deny contains finding if {
	not arm.one_of(input.resource.type, data.parameters.retired_types_allowed)
	finding := {
		"message": "Azure has retired this type of server",
		"path": "resource.type",
		"actual": input.resource.type,
		"expected": "a flexible server",
	}
}
