package azure.monitor.activity_log_exported_test

import data.azure.monitor.activity_log_exported

_setting(id, logs) := {"resource": {"id": id, "properties": {"logs": logs}}}

_own := "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Insights/diagnosticSettings/activity-to-log"

_other := "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-payments-weu/providers/Microsoft.KeyVault/vaults/kv/providers/Microsoft.Insights/diagnosticSettings/x"

_category(name, enabled) := {"category": name, "enabled": enabled}

_group(name, enabled) := {"category": null, "categoryGroup": name, "enabled": enabled}

_good := [_category(name, true) | some name in ["Administrative", "Alert", "Policy", "Security"]]

_verdict(setting) := [count(denied), count(aside)] if {
	denied := activity_log_exported.deny with input as setting with data.parameters as {"activity_log_categories": ["Administrative", "Security", "Policy", "Alert"]}
	aside := activity_log_exported.not_applicable with input as setting with data.parameters as {"activity_log_categories": ["Administrative", "Security", "Policy", "Alert"]}
}

test_denies_a_missing_category if {
	some finding in activity_log_exported.deny with input as _setting(_own, [_category("Zulu", true), _category("Metrics", true)]) with data.parameters as {"activity_log_categories": ["Administrative", "Security", "Policy", "Alert"]}
	finding.path == "resource.properties.logs"
	finding.actual == ["metrics", "zulu"]
	finding.expected == ["Administrative", "Alert", "Policy", "Security"]
}

test_a_category_that_is_off_does_not_count if {
	_verdict(_setting(_own, [_category(name, false) | some name in ["Administrative", "Alert", "Policy", "Security"]])) == [1, 0]
	_verdict(_setting(_own, [_group("allLogs", false)])) == [1, 0]
}

test_passes_the_categories if {
	_verdict(_setting(_own, _good)) == [0, 0]
	_verdict(_setting(upper(_own), [_category(lower(name), true) | some name in ["Administrative", "Alert", "Policy", "Security"]])) == [0, 0]
}

test_passes_a_group if _verdict(_setting(_own, [_group("ALLLOGS", true)])) == [0, 0]

test_setting_without_known_target_is_unknown if {
	every place in ["(scope)/(scope)/(x)", "Microsoft.Unknown/scopes/(x)"] {
		id := sprintf("/subscriptions/s/resourceGroups/g/providers/%s/providers/Microsoft.Insights/diagnosticSettings/x", [place])
		_verdict(_setting(id, [])) == [0, 0]
		count(activity_log_exported.unknown) == 1 with input as _setting(id, []) with data.parameters as {"activity_log_categories": ["Administrative", "Security", "Policy", "Alert"]}
	}
}

test_known_target_is_known if count(activity_log_exported.unknown) == 0 with input as _setting(_own, []) with data.parameters as {"activity_log_categories": ["Administrative", "Security", "Policy", "Alert"]}

test_no_log_is_denied if _verdict(_setting(_own, [])) == [1, 0]

test_ignores_other_resources if _verdict(_setting(_other, [])) == [0, 1]

test_ignores_settings_on_groups_and_of_other_kinds if {
	_verdict(_setting("/subscriptions/s/resourceGroups/g/providers/Microsoft.Insights/diagnosticSettings/x", [])) == [0, 1]
	_verdict(_setting("/subscriptions/s/providers/Microsoft.Insights/diagnosticSettings/x/y", [])) == [0, 1]
}
