# METADATA
# title: The SQL database is encrypted at rest
# description: |
#   With transparent data encryption off, files, logs and backups of the database lie in clear text on the storage of Azure, and whoever
#   gets hold of them can read the data. Azure turns it on for every database made since 2017; old databases, and those where somebody
#   turned it off, stay in clear text.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-tde-overview
# custom:
#   check: SQL-CMK-003
#   severity: critical
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - {path: children.transparentDataEncryption.current.properties.state, type: string}
#   controls:
#     DORA-9-2: this setting is the protection of the data at rest
#     DORA-9-4-d: a database without encryption follows no classification that asks for any
#     RTS-6-2-a: shows that the rule on encryption of data at rest is in force for this database
#     GDPR-32-1-a: personal data in files and backups is encrypted
#     GDPR-5-1-f: copies of files or backups do not disclose personal data
#   fix: {path: children.transparentDataEncryption.current.properties.state, value: Enabled}
#   remediation:
#     az: az sql db tde set --resource-group RESOURCE_GROUP --server SERVER --database DATABASE --status Enabled
#     terraform: |
#       resource "azurerm_mssql_database" "example" {
#         # ...
#         transparent_data_encryption_enabled = true
#       }
#     bicep: |
#       resource encryption 'Microsoft.Sql/servers/databases/transparentDataEncryption@2023-08-01' = {
#         parent: database
#         name: 'current'
#         properties: {
#           state: 'Enabled'
#         }
#       }
#     portal: SQL database > Security > Transparent data encryption > On
package azure.sql.data_encrypted_at_rest

import data.lib.arm

_encryption := input.children.transparentDataEncryption.current.properties.state

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	arm.same(_encryption, "Disabled")
	finding := {
		"message": sprintf("transparent data encryption is %s", [_encryption]),
		"path": "children.transparentDataEncryption.current.properties.state",
		"actual": _encryption,
		"expected": "Enabled",
	}
}

unknown contains sprintf("transparentDataEncryption is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["Enabled", "Disabled"])
}
