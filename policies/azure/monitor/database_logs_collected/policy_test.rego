package azure.monitor.database_logs_collected_test

import data.azure.monitor.database_logs_collected

_setting(id, logs) := {"resource": {"id": id, "properties": {"logs": logs}}}

_own := "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-payments-weu/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-payments-weu-01/providers/Microsoft.Insights/diagnosticSettings/logs-to-workspace"

_other := "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-payments-weu/providers/Microsoft.KeyVault/vaults/kv-payments-weu-01/providers/Microsoft.Insights/diagnosticSettings/audit-to-log"

_category(name, enabled) := {"category": name, "enabled": enabled}

_group(name, enabled) := {"category": null, "categoryGroup": name, "enabled": enabled}

_good := [_category(name, true) | some name in ["PostgreSQLLogs"]]

_verdict(setting) := [count(denied), count(aside)] if {
	denied := database_logs_collected.deny with input as setting
	aside := database_logs_collected.not_applicable with input as setting
}

test_denies_a_missing_category if {
	some finding in database_logs_collected.deny with input as _setting(_own, [_category("Zulu", true), _category("Metrics", true)])
	finding.path == "resource.properties.logs"
	finding.actual == ["metrics", "zulu"]
	finding.expected == ["PostgreSQLLogs"]
}

test_a_category_that_is_off_does_not_count if {
	_verdict(_setting(_own, [_category(name, false) | some name in ["PostgreSQLLogs"]])) == [1, 0]
	_verdict(_setting(_own, [_group("allLogs", false)])) == [1, 0]
}

test_passes_the_categories if {
	_verdict(_setting(_own, _good)) == [0, 0]
	_verdict(_setting(upper(_own), [_category(lower(name), true) | some name in ["PostgreSQLLogs"]])) == [0, 0]
}

test_passes_a_group if _verdict(_setting(_own, [_group("ALLLOGS", true)])) == [0, 0]

test_setting_without_known_target_is_unknown if {
	every place in ["(scope)/(scope)/(x)", "Microsoft.Unknown/scopes/(x)"] {
		id := sprintf("/subscriptions/s/resourceGroups/g/providers/%s/providers/Microsoft.Insights/diagnosticSettings/x", [place])
		_verdict(_setting(id, [])) == [0, 0]
		count(database_logs_collected.unknown) == 1 with input as _setting(id, [])
	}
}

test_known_target_is_known if count(database_logs_collected.unknown) == 0 with input as _setting(_own, [])

test_no_log_is_denied if _verdict(_setting(_own, [])) == [1, 0]

test_ignores_other_resources if _verdict(_setting(_other, [])) == [0, 1]

test_passes_the_group_of_audit_logs if _verdict(_setting(_own, [_group("Audit", true)])) == [0, 0]

test_mysql_has_another_category if {
	mysql := replace(_own, "DBforPostgreSQL", "DBforMySQL")
	_verdict(_setting(mysql, [_category("MySqlAuditLogs", true)])) == [0, 0]
	some finding in database_logs_collected.deny with input as _setting(mysql, _good)
	finding.expected == ["MySqlAuditLogs"]
}
