package azure.estate.database_logs_collected_test

import data.azure.estate.database_logs_collected

_resource(kind, settings) := {"resource": {"type": kind, "name": "n"}, "related": {"diagnostic_settings": settings}}

_setting(logs) := {"/d": {"name": "d", "properties": {"logs": logs}}}

_verdict(resource) := [count(denied), count(unclear)] if {
	denied := database_logs_collected.deny with input as resource
	unclear := database_logs_collected.unknown with input as resource
}

test_denies_a_resource_without_setting if {
	some finding in database_logs_collected.deny with input as _resource("Microsoft.DBforPostgreSQL/flexibleServers", {})
	finding.message == "0 diagnostic settings of the resource leave out PostgreSQLLogs"
	finding.path == "related.diagnostic_settings.*.properties.logs"
	finding.actual == []
	finding.expected == ["PostgreSQLLogs"]
}

test_says_what_is_collected if {
	logs := [{"category": "Zulu", "enabled": true}, {"category": "Metrics", "enabled": true}, {"category": "Off", "enabled": false}, {"category": null, "categoryGroup": "other", "enabled": true}]
	some finding in database_logs_collected.deny with input as _resource("Microsoft.DBforPostgreSQL/flexibleServers", _setting(logs))
	startswith(finding.message, "1 diagnostic settings")
	finding.actual == ["Metrics", "Zulu"]
}

test_passes_all_logs if _verdict(_resource(upper("Microsoft.DBforPostgreSQL/flexibleServers"), _setting([{"categoryGroup": "allLogs", "enabled": true}]))) == [0, 0]

test_a_missing_category_is_no_doubt if _verdict(_resource("Microsoft.DBforPostgreSQL/flexibleServers", _setting([{"category": "Zulu", "enabled": true}]))) == [1, 0]

test_unknown_type_is_unknown if _verdict(_resource("Microsoft.Example/things", {})) == [0, 1]

test_master_is_left_out if {
	every name, number in {"MASTER": 1, "ledger": 0} {
		database := {"resource": {"type": "Microsoft.Sql/servers/databases", "name": name}, "related": {"diagnostic_settings": {}}}
		count(database_logs_collected.not_applicable) == number with input as database
	}
	server := {"resource": {"type": "Microsoft.DBforPostgreSQL/flexibleServers", "name": "master"}, "related": {"diagnostic_settings": {}}}
	count(database_logs_collected.not_applicable) == 0 with input as server
}

test_passes_either_api_of_cosmos if {
	every category in ["DataPlaneRequests", "MongoRequests", "CassandraRequests", "GremlinRequests", "TableApiRequests"] {
		logs := [{"category": category, "enabled": true}, {"category": "ControlPlaneRequests", "enabled": true}]
		_verdict(_resource("Microsoft.DocumentDB/databaseAccounts", _setting(logs))) == [0, 0]
	}
}

test_audit_is_unknown_where_its_categories_are if {
	_verdict(_resource("Microsoft.Cache/redis", _setting([{"categoryGroup": "audit", "enabled": true}]))) == [0, 1]
	_verdict(_resource("Microsoft.Cache/redis", _setting([{"categoryGroup": "audit", "enabled": true}, {"categoryGroup": "allLogs", "enabled": true}]))) == [0, 0]
}
