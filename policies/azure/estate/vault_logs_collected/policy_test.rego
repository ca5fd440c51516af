package azure.estate.vault_logs_collected_test

import data.azure.estate.vault_logs_collected

_resource(kind, settings) := {"resource": {"type": kind, "name": "n"}, "related": {"diagnostic_settings": settings}}

_setting(logs) := {"/d": {"name": "d", "properties": {"logs": logs}}}

_verdict(resource) := [count(denied), count(unclear)] if {
	denied := vault_logs_collected.deny with input as resource
	unclear := vault_logs_collected.unknown with input as resource
}

test_denies_a_resource_without_setting if {
	some finding in vault_logs_collected.deny with input as _resource("Microsoft.KeyVault/vaults", {})
	finding.message == "0 diagnostic settings of the resource leave out AuditEvent"
	finding.path == "related.diagnostic_settings.*.properties.logs"
	finding.actual == []
	finding.expected == ["AuditEvent"]
}

test_says_what_is_collected if {
	logs := [{"category": "Zulu", "enabled": true}, {"category": "Metrics", "enabled": true}, {"category": "Off", "enabled": false}, {"category": null, "categoryGroup": "other", "enabled": true}]
	some finding in vault_logs_collected.deny with input as _resource("Microsoft.KeyVault/vaults", _setting(logs))
	startswith(finding.message, "1 diagnostic settings")
	finding.actual == ["Metrics", "Zulu"]
}

test_passes_all_logs if _verdict(_resource(upper("Microsoft.KeyVault/vaults"), _setting([{"categoryGroup": "allLogs", "enabled": true}]))) == [0, 0]

test_a_missing_category_is_no_doubt if _verdict(_resource("Microsoft.KeyVault/vaults", _setting([{"category": "Zulu", "enabled": true}]))) == [1, 0]

test_unknown_type_is_unknown if _verdict(_resource("Microsoft.Example/things", {})) == [0, 1]

test_passes_the_group_audit if _verdict(_resource("Microsoft.KeyVault/managedHSMs", _setting([{"categoryGroup": "audit", "enabled": true}]))) == [0, 0]
