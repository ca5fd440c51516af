# METADATA
# title: All databases of the PostgreSQL server belong to its business domain
# description: |
#   Databases of two domains on one server share its administrators, its key, its backups and its outages; neither can be cut off or restored
#   alone. Names are the evidence: a database belongs to the domain when its name is the domain, or starts with it and `_` or `-`. A wrong
#   name is a finding even where the content is right, and a right name does not show the content. Schemas inside a database are not seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-servers
# custom:
#   check: ISO-DOM-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: "children.databases.*.name", type: string}
#     - context.domain
#   parameters:
#     database_names_exempt: {type: list, default: [], pattern: "^[A-Za-z0-9_-]{1,63}$", meaning: names of databases that need not be named after the domain}
#   controls:
#     DORA-9-4-b: a domain alone on its server can be isolated without taking another down
#     RTS-13-1-a: keeps systems of different classes and risk from meeting on one server
#     DORA-9-3-c: a breach or failure in one domain does not reach the databases of the next
#     GDPR-5-1-b: data held for different purposes does not end up side by side on one server
#     GDPR-25-1: separation by domain is a safeguard built in when databases are placed
#   remediation:
#     az: |
#       pg_dump --format custom --host SERVER.postgres.database.azure.com --dbname risk_scores --file risk_scores.dump
#       pg_restore --create --host OTHER_SERVER.postgres.database.azure.com --dbname postgres risk_scores.dump
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_database" "this" {
#         name      = "payments_ledger"
#         server_id = azurerm_postgresql_flexible_server.payments.id
#       }
#     bicep: |
#       resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = {
#         parent: paymentsServer
#         name: 'payments_ledger'
#         properties: {}
#       }
#     note: |
#       Move the database to a server of its own domain, drop it here when the clients have followed, or rename it (ALTER DATABASE ... RENAME)
#       if only the name is wrong. Names that must stay go into database_names_exempt.
package azure.postgresql.databases_of_one_domain

import data.lib.arm

domain := lower(input.context.domain)

own contains database.name if {
	some database in input.children.databases
	not arm.one_of(database.name, ["azure_maintenance", "azure_sys", "postgres"])
}

of_domain(name) if lower(name) == domain

of_domain(name) if startswith(lower(name), sprintf("%s_", [domain]))

of_domain(name) if startswith(lower(name), sprintf("%s-", [domain]))

not_applicable contains "the server holds no database of its own" if {
	input.children.databases
	count(own) == 0
}

deny contains finding if {
	some name in own
	not arm.one_of(name, data.parameters.database_names_exempt)
	domain != ""
	not of_domain(name)
	finding := {
		"message": sprintf("the database %s does not belong to the domain %s by its name", [name, domain]),
		"path": "children.databases.*.name",
		"actual": name,
		"expected": sprintf("%s, %s_... or %s-...", [domain, domain, domain]),
	}
}

unknown contains "the server names an empty business domain" if domain == ""
