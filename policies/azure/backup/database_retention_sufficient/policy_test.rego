package azure.backup.database_retention_sufficient_test

import data.azure.backup.database_retention_sufficient

_limit := {"vault_backup_retention_days_min": 365}

_rule(kind, durations) := {"name": "r", "objectType": kind, "lifecycles": [{"deleteAfter": {"duration": duration}} | some duration in durations]}

_policy(kind, rules) := {"resource": {"properties": {"datasourceTypes": [kind], "policyRules": rules}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := database_retention_sufficient.deny with input as it with data.parameters as _limit
	unclear := database_retention_sufficient.unknown with input as it with data.parameters as _limit
	aside := database_retention_sufficient.not_applicable with input as it with data.parameters as _limit
}

_postgresql := "Microsoft.DBforPostgreSQL/flexibleServers"

test_denies_beyond_the_limit if {
	it := _policy(_postgresql, [_rule("AzureRetentionRule", ["P10D"]), _rule("azureretentionrule", ["P364D"])])
	some finding in database_retention_sufficient.deny with input as it with data.parameters as _limit
	finding.path == "resource.properties.policyRules"
	finding.actual == 364
	finding.expected == "at least 365 days"
	_verdict(it) == [1, 0, 0]
}

test_passes_the_limit if {
	_verdict(_policy(_postgresql, [_rule("AzureRetentionRule", ["P30D", "P1Y"])])) == [0, 0, 0]
	_verdict(_policy("microsoft.dbformysql/flexibleservers", [_rule("AzureRetentionRule", ["P365D"])])) == [0, 0, 0]
}

test_the_longest_rule_counts if _verdict(_policy(_postgresql, [_rule("AzureRetentionRule", ["P7Y", "P30D"])])) == [0, 0, 0]

test_other_rules_do_not_count if _verdict(_policy(_postgresql, [_rule("AzureBackupRule", ["P10Y"]), _rule("AzureRetentionRule", ["P1Y"])])) == [0, 0, 0]

test_no_retention_rule_is_unknown if _verdict(_policy(_postgresql, [_rule("AzureBackupRule", ["P1D"])])) == [0, 1, 0]

test_unreadable_duration_is_unknown if _verdict(_policy(_postgresql, [_rule("AzureRetentionRule", ["P1D", "for ever"])])) == [0, 1, 0]

test_ignores_other_sources if _verdict(_policy("Microsoft.Compute/disks", [_rule("AzureRetentionRule", ["P1Y"])])) == [0, 0, 1]

test_missing_sources_are_left_to_the_engine if _verdict({"resource": {"properties": {"policyRules": [_rule("AzureRetentionRule", ["P1Y"])]}}}) == [0, 0, 0]
