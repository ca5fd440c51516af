# METADATA
# title: PostgreSQL loads the audit extension
# description: |
#   The log of PostgreSQL shows statements as they were typed, or none at all; what they did, to which table and with which rights, only
#   pgaudit records. The extension must be among shared_preload_libraries, which takes a restart. What it records is another policy's
#   question (audit_covers_required_classes).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/extensions/concepts-audit
# custom:
#   check: LOG-PG-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.configurations.shared_preload_libraries.properties.value, type: string}
#   controls:
#     DORA-10-1: statements, with the object and the right they used are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that statements, with the object and the right they used are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of statements, with the object and the right they used find it switched on
#     GDPR-32-1-d: without statements, with the object and the right they used on record nobody can assess whether the measures work
#     RTS-21-c: what was done inside the database can be traced to the account that did it
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name shared_preload_libraries --value pg_cron,pg_stat_statements,pgaudit
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "shared_preload_libraries" {
#         name      = "shared_preload_libraries"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "pg_cron,pg_stat_statements,pgaudit"
#       }
#     bicep: |
#       resource sharedPreloadLibraries 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'shared_preload_libraries'
#         properties: {
#           value: 'pg_cron,pg_stat_statements,pgaudit'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > shared_preload_libraries > pg_cron,pg_stat_statements,pgaudit > Save
package azure.postgresql.audit_extension_loaded

_libraries := {lower(trim_space(entry)) | some entry in split(input.children.configurations.shared_preload_libraries.properties.value, ",")}

deny contains finding if {
	not "pgaudit" in _libraries
	finding := {
		"message": "pgaudit is not loaded",
		"path": "children.configurations.shared_preload_libraries.properties.value",
		"actual": input.children.configurations.shared_preload_libraries.properties.value,
		"expected": "a list that holds pgaudit",
	}
}
