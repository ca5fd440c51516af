# METADATA
# title: All databases of the MySQL server belong to its business domain
# description: |
#   Databases of several domains on one server share its administrator, its backups, its key and its failure, and cannot be cut off one by
#   one. A database belongs to the domain when its name is the domain or begins with the domain and _ or -. System databases do not count,
#   and database_names_exempt lists others that need not carry the domain. Names show intent: schemas, tables and what is in them are not
#   seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concept-servers
# custom:
#   check: ISO-DOM-002
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: "children.databases.*.name", type: string}
#     - context.domain
#   parameters:
#     database_names_exempt: {type: list, default: [], pattern: "^[A-Za-z0-9_-]{1,63}$", meaning: names of databases that need not be named after the domain}
#   controls:
#     DORA-9-4-b: a server with the databases of one domain can be isolated without stopping another domain
#     RTS-13-1-a: segregates the databases of domains by server
#     DORA-9-3-c: a breach or loss of this server reaches the data of one domain only
#     GDPR-5-1-b: databases held for other purposes do not share the server, as far as names show
#     GDPR-25-1: separation by domain is built into where databases are placed
#   remediation:
#     az: |
#       az mysql flexible-server db list --resource-group RG --server-name SERVER --output table
#       az mysql flexible-server db create --resource-group RG --server-name SERVER_OF_ITS_DOMAIN --database-name cards_ledger
#     terraform: |
#       resource "azurerm_mysql_flexible_database" "ledger" {
#         name                = "payments_ledger"
#         resource_group_name = azurerm_mysql_flexible_server.payments.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.payments.name
#         charset             = "utf8mb4"
#         collation           = "utf8mb4_0900_ai_ci"
#       }
#     bicep: |
#       resource ledger 'Microsoft.DBforMySQL/flexibleServers/databases@2023-12-30' = {
#         parent: server
#         name: 'payments_ledger'
#         properties: { charset: 'utf8mb4', collation: 'utf8mb4_0900_ai_ci' }
#       }
#     note: |
#       MySQL cannot rename a database: move it with mysqldump or mydumper to the server of its domain, or under its new name, and drop the
#       old one.
package azure.mysql.databases_of_one_domain

import data.lib.arm

_domain := lower(input.context.domain)

_own contains database.name if {
	some database in input.children.databases
	not arm.one_of(database.name, ["information_schema", "mysql", "performance_schema", "sys"])
}

_of_domain(name) if lower(name) == _domain

_of_domain(name) if startswith(lower(name), sprintf("%s_", [_domain]))

_of_domain(name) if startswith(lower(name), sprintf("%s-", [_domain]))

not_applicable contains "the server holds no database of its own" if {
	input.children.databases
	count(_own) == 0
}

deny contains finding if {
	some name in _own
	not arm.one_of(name, data.parameters.database_names_exempt)
	_domain != ""
	not _of_domain(name)
	finding := {
		"message": sprintf("the database %s does not belong to the domain %s by its name", [name, _domain]),
		"path": "children.databases.*.name",
		"actual": name,
		"expected": sprintf("%s, %s_... or %s-...", [_domain, _domain, _domain]),
	}
}

unknown contains "the server names an empty business domain" if _domain == ""
