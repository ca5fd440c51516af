# METADATA
# title: Long-term backups of databases are not kept for ever
# description: |
#   A backup holds what has since been erased. A retention without limit keeps personal data beyond every purpose and makes each erasure
#   request a half-answered one. The longest retention rule decides.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-database-postgresql-flex-overview
# custom:
#   check: PG-LTR-001
#   severity: medium
#   resource: Microsoft.DataProtection/backupVaults/backupPolicies
#   reads:
#     - {path: resource.properties.datasourceTypes, type: array}
#     - {path: resource.properties.policyRules, type: array}
#   parameters:
#     vault_backup_retention_days_max: {type: integer, default: 3650, min: 36, max: 3650, meaning: most days that long-term backups of databases may be kept}
#   controls:
#     GDPR-5-1-e: puts an end to copies of personal data that outlive their purpose
#     GDPR-30-1-f: lets the time limit of erasure in the record be compared with that of the backups
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
package azure.backup.database_retention_bounded

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
	max(_days) > data.parameters.vault_backup_retention_days_max
	finding := {
		"message": sprintf("the longest retention is %v days", [max(_days)]),
		"path": "resource.properties.policyRules",
		"actual": max(_days),
		"expected": sprintf("at most %d days", [data.parameters.vault_backup_retention_days_max]),
	}
}

unknown contains "the policy has no retention rule" if count(_cycles) == 0

unknown contains "a retention rule has a duration that cannot be read" if count(_days) < count(_cycles)
