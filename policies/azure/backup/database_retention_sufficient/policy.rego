# METADATA
# title: Long-term backups of databases are kept long enough
# description: |
#   The backups that a database server keeps itself end after 35 days. What must be kept longer is kept by a policy of the backup vault, and
#   its longest retention rule decides how long. The policy judges the rules, not whether a server uses them: backup instances show that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-database-postgresql-flex-overview
# custom:
#   check: PG-LTR-001
#   severity: high
#   resource: Microsoft.DataProtection/backupVaults/backupPolicies
#   reads:
#     - {path: resource.properties.datasourceTypes, type: array}
#     - {path: resource.properties.policyRules, type: array}
#   parameters:
#     vault_backup_retention_days_min: {type: integer, default: 365, min: 36, max: 3650, meaning: fewest days that long-term backups of databases are kept}
#   controls:
#     DORA-12-1-a: shows the longest retention in force for backups of databases, to compare with the class of data
#     DORA-9-3-b: a loss that is noticed after the 35 days of the server can still be undone
#     RTS-8-2-b-i: states the retention that backup requirements ask for as a fact
#     GDPR-32-1-c: availability of personal data can be restored for as long as the firm has decided
#   remediation:
#     az: az dataprotection backup-policy create --resource-group RESOURCE_GROUP --vault-name VAULT --name pg-one-year --policy policy.json
#     terraform: |
#       resource "azurerm_data_protection_backup_policy_postgresql_flexible_server" "example" {
#         # ...
#         default_retention_rule {
#           life_cycle {
#             duration        = "P1Y"
#             data_store_type = "VaultStore"
#           }
#         }
#       }
#     bicep: |
#       policyRules: [
#         // ...
#         {
#           name: 'Default'
#           objectType: 'AzureRetentionRule'
#           isDefault: true
#           lifecycles: [
#             {
#               deleteAfter: { objectType: 'AbsoluteDeleteOption', duration: 'P1Y' }
#               sourceDataStore: { objectType: 'DataStoreInfoBase', dataStoreType: 'VaultStore' }
#             }
#           ]
#         }
#       ]
#     note: A changed retention counts for recovery points that are still there as well; where the vault is immutable, it can only be made longer.
package azure.backup.database_retention_sufficient

import data.lib.arm
import data.lib.durations

_databases := ["Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforMySQL/flexibleServers"]

_cycles := [cycle |
	some rule in input.resource.properties.policyRules
	arm.same(rule.objectType, "AzureRetentionRule")
	some cycle in rule.lifecycles
]

_days := [days | some cycle in _cycles; days := durations.days(cycle.deleteAfter.duration)]

_of_databases if {
	some kind in input.resource.properties.datasourceTypes
	arm.one_of(kind, _databases)
}

not_applicable contains "the policy backs up no database server" if {
	input.resource.properties.datasourceTypes
	not _of_databases
}

deny contains finding if {
	count(_days) == count(_cycles)
	max(_days) < data.parameters.vault_backup_retention_days_min
	finding := {
		"message": sprintf("the longest retention is %v days", [max(_days)]),
		"path": "resource.properties.policyRules",
		"actual": max(_days),
		"expected": sprintf("at least %d days", [data.parameters.vault_backup_retention_days_min]),
	}
}

unknown contains "the policy has no retention rule" if count(_cycles) == 0

unknown contains "a retention rule has a duration that cannot be read" if count(_days) < count(_cycles)
