# METADATA
# title: Tables of the SQL database are kept in a ledger where the firm requires it
# description: |
#   A ledger chains the changes of tables by their hashes, so that an administrator or attacker who rewrites history is found out. It is set
#   when a database is created and cannot be taken off, and it costs storage: sql_ledger_required says for which data the firm asks for it,
#   by data class or criticality. Tables outside a ledger database can be ledger tables one by one, which is not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/sql/relational-databases/security/ledger/ledger-overview
# custom:
#   check: SQL-INT-001
#   severity: low
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - path: resource.properties.isLedgerOn
#       type: boolean
#       absent: "off: a database that does not name a ledger has none"
#   parameters:
#     sql_ledger_required: {type: boolean, default: false, meaning: whether a SQL database must be a ledger database}
#   controls:
#     DORA-9-3-c: loss of authenticity and integrity of the records can be proved instead of disputed
#     RTS-12-2-d: an audit trail that is kept in the database is protected from tampering by those who run it
#     GDPR-5-1-f: unauthorised change of personal data does not go unnoticed
#   remediation:
#     az: az sql db create --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --ledger-on Enabled
#     terraform: |
#       resource "azurerm_mssql_database" "example" {
#         # ...
#         ledger_enabled = true
#       }
#     bicep: |
#       properties: {
#         isLedgerOn: true
#       }
#     note: Only a new database can be a ledger database. Create one and move the tables.
package azure.sql.ledger_kept

default _ledger := false

_ledger := input.resource.properties.isLedgerOn

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

not_applicable contains "the firm does not ask for a ledger here" if data.parameters.sql_ledger_required == false

deny contains finding if {
	data.parameters.sql_ledger_required == true
	_ledger == false
	finding := {
		"message": "the database keeps no ledger",
		"path": "resource.properties.isLedgerOn",
		"actual": false,
		"expected": true,
	}
}
