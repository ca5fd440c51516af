package azure.app_service.logs_collected_test

import data.azure.app_service.logs_collected

_app(kind, logs) := {"resource": {"kind": kind}, "related": {"diagnostic_settings": {"/d": {"name": "d", "properties": {"logs": logs}}}}}

_on(name) := {"category": name, "enabled": true}

_verdict(app) := [count(denied), count(unclear)] if {
	denied := logs_collected.deny with input as app
	unclear := logs_collected.unknown with input as app
}

test_denies_an_app_without_setting if {
	some finding in logs_collected.deny with input as {"resource": {}, "related": {"diagnostic_settings": {}}}
	finding.message == "0 diagnostic settings of the app leave out AppServiceAuditLogs, AppServiceHTTPLogs"
	finding.path == "related.diagnostic_settings.*.properties.logs"
	finding.actual == []
	finding.expected == ["AppServiceAuditLogs", "AppServiceHTTPLogs"]
}

test_says_what_is_collected if {
	some finding in logs_collected.deny with input as _app("app", [_on("AppServiceConsoleLogs"), _on("AppServiceAppLogs"), {"category": "AppServiceHTTPLogs", "enabled": false}, {"category": null, "categoryGroup": "x", "enabled": true}])
	finding.actual == ["AppServiceAppLogs", "AppServiceConsoleLogs"]
}

test_kinds_need_their_own_logs if {
	both := [_on("AppServiceAuditLogs"), _on("AppServiceHTTPLogs")]
	_verdict(_app("app,linux", both)) == [0, 0]
	_verdict(_app("app", [_on("FunctionAppLogs")])) == [1, 0]
	_verdict(_app("FunctionApp,linux", [_on("FunctionAppLogs")])) == [0, 0]
	_verdict(_app("functionapp,workflowapp", both)) == [1, 0]
}

test_all_logs_pass if _verdict(_app("app", [{"categoryGroup": "allLogs", "enabled": true}])) == [0, 0]

test_audit_is_unknown if {
	_verdict(_app("app", [{"categoryGroup": "audit", "enabled": true}])) == [0, 1]
	_verdict(_app("functionapp", [{"categoryGroup": "audit", "enabled": true}])) == [0, 1]
}

test_audit_beside_the_categories_passes if _verdict(_app("functionapp", [{"categoryGroup": "audit", "enabled": true}, _on("FunctionAppLogs")])) == [0, 0]
