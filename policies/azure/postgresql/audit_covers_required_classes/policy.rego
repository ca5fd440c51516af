# METADATA
# title: The audit extension of PostgreSQL records what the firm requires
# description: |
#   pgaudit records nothing until pgaudit.log names classes of statements. Changes of rights (role) and of structure (ddl) are few and tell
#   most; write and read tell who changed and saw data, and fill the log. The classes are a parameter, pgaudit_classes_required. A class can
#   be taken out again with a minus sign. A template that does not set the parameter gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/extensions/concepts-audit
# custom:
#   check: LOG-PG-005
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: 'children.configurations["pgaudit.log"].properties.value', type: string}
#   parameters:
#     pgaudit_classes_required: {type: list, default: [ddl, role], allowed: [all, ddl, function, misc, misc_set, read, role, write], meaning: classes of statements that pgaudit must record}
#   controls:
#     DORA-10-1: the classes of statements that the firm chose are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that the classes of statements that the firm chose are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of the classes of statements that the firm chose find it switched on
#     GDPR-32-1-d: without the classes of statements that the firm chose on record nobody can assess whether the measures work
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name pgaudit.log --value ddl,role
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "pgaudit_log" {
#         name      = "pgaudit.log"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "ddl,role"
#       }
#     bicep: |
#       resource pgauditLog 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'pgaudit.log'
#         properties: {
#           value: 'ddl,role'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > pgaudit.log > ddl,role > Save
package azure.postgresql.audit_covers_required_classes

_value := input.children.configurations["pgaudit.log"].properties.value

_entries := {lower(trim_space(entry)) | some entry in split(_value, ",")}

_recorded(class) if {
	some name in {class, "all"}
	name in _entries
}

_missing contains class if {
	some class in data.parameters.pgaudit_classes_required
	not _recorded(class)
}

_missing contains class if {
	some class in data.parameters.pgaudit_classes_required
	some name in {class, "all"}
	sprintf("-%s", [name]) in _entries
}

deny contains finding if {
	count(_missing) > 0
	finding := {
		"message": sprintf("pgaudit.log is %q and does not record %s", [_value, concat(", ", sort(_missing))]),
		"path": "children.configurations[\"pgaudit.log\"].properties.value",
		"actual": _value,
		"expected": data.parameters.pgaudit_classes_required,
	}
}

unknown contains sprintf("pgaudit.log holds %q, which this policy does not know", [entry]) if {
	some entry in _entries
	not trim_prefix(entry, "-") in {"all", "ddl", "function", "misc", "misc_set", "none", "read", "role", "write"}
}
