# METADATA
# title: Long-term backups of the SQL database cannot be deleted early
# description: |
#   Whoever takes over an administrator can delete long-term backups together with the database, and that is what extortion begins with.
#   Time-based immutability keeps each backup until its retention ends. A locked policy can never be taken back, which stands against
#   erasure: whether to lock is decided by data class and not judged here. The setting exists from api-version 2025-01-01 on.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/backup-immutability
# custom:
#   check: SQL-BKP-004
#   severity: medium
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - path: children.backupLongTermRetentionPolicies.default.properties.timeBasedImmutability
#       type: string
#       absent: "Disabled: backups can be deleted unless the policy says otherwise"
#     - path: children.backupLongTermRetentionPolicies.default.properties.weeklyRetention
#       type: string
#       absent: "PT0S: no such backups are kept"
#     - path: children.backupLongTermRetentionPolicies.default.properties.monthlyRetention
#       type: string
#       absent: "PT0S: no such backups are kept"
#     - path: children.backupLongTermRetentionPolicies.default.properties.yearlyRetention
#       type: string
#       absent: "PT0S: no such backups are kept"
#   controls:
#     DORA-9-3-b: backups survive an administrator account that was taken over
#     DORA-12-2: a backup that nobody can delete is there when it has to be activated
#     GDPR-32-1-c: the means to restore personal data cannot be removed by an attacker
#   fix: {path: children.backupLongTermRetentionPolicies.default.properties.timeBasedImmutability, value: Enabled}
#   remediation:
#     bicep: |
#       resource longTerm 'Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies@2025-01-01' = {
#         parent: database
#         name: 'default'
#         properties: {
#           monthlyRetention: 'P12M'
#           timeBasedImmutability: 'Enabled'
#           timeBasedImmutabilityMode: 'Unlocked'
#         }
#       }
#     portal: SQL server > Data management > Backups > Retention policies > Configure policies > Enable time-based immutability policy
package azure.sql.long_term_backups_immutable

import data.lib.arm
import data.lib.durations

default _weekly := "PT0S"

_weekly := input.children.backupLongTermRetentionPolicies.default.properties.weeklyRetention

default _monthly := "PT0S"

_monthly := input.children.backupLongTermRetentionPolicies.default.properties.monthlyRetention

default _yearly := "PT0S"

_yearly := input.children.backupLongTermRetentionPolicies.default.properties.yearlyRetention

default _immutability := "Disabled"

_immutability := input.children.backupLongTermRetentionPolicies.default.properties.timeBasedImmutability

_longest := max([durations.days(_weekly), durations.days(_monthly), durations.days(_yearly)])

not_applicable contains "no long-term backups are kept" if _longest == 0

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	arm.same(_immutability, "Disabled")
	finding := {
		"message": "long-term backups can be deleted before their time",
		"path": "children.backupLongTermRetentionPolicies.default.properties.timeBasedImmutability",
		"actual": _immutability,
		"expected": "Enabled",
	}
}

unknown contains sprintf("timeBasedImmutability is %q, which this policy does not know", [_immutability]) if {
	not arm.one_of(_immutability, ["Enabled", "Disabled"])
}

unknown contains sprintf("%q is no length of time", [text]) if {
	some text in [_weekly, _monthly, _yearly]
	not _known(text)
}

_known(text) if durations.days(text) >= 0
