package azure.mysql.geo_redundant_backup_enabled_test

import data.azure.mysql.geo_redundant_backup_enabled

_server(geo) := {"resource": {"properties": {"backup": {"geoRedundantBackup": geo}}}}

_required := {"geo_redundant_backup_required": true}

test_passes_geo_redundant_backups if {
	every geo in ["Enabled", "ENABLED"] {
		count(geo_redundant_backup_enabled.deny) == 0 with input as _server(geo) with data.parameters as _required
		count(geo_redundant_backup_enabled.unknown) == 0 with input as _server(geo) with data.parameters as _required
		count(geo_redundant_backup_enabled.not_applicable) == 0 with input as _server(geo) with data.parameters as _required
	}
}

test_denies_disabled if {
	count(geo_redundant_backup_enabled.deny) == 1 with input as _server("DISABLED") with data.parameters as _required
	some finding in geo_redundant_backup_enabled.deny with input as _server("DISABLED") with data.parameters as _required
	finding.message
	finding.path == "resource.properties.backup.geoRedundantBackup"
	finding.actual == "DISABLED"
	finding.expected == "Enabled"
	count(geo_redundant_backup_enabled.unknown) == 0 with input as _server("Disabled") with data.parameters as _required
}

test_missing_property_is_disabled if {
	count(geo_redundant_backup_enabled.deny) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _required
	some finding in geo_redundant_backup_enabled.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(geo_redundant_backup_enabled.unknown) == 1 with input as _server("Everywhere") with data.parameters as _required
	count(geo_redundant_backup_enabled.deny) == 0 with input as _server("Everywhere") with data.parameters as _required
}

test_not_applicable_where_not_required if {
	count(geo_redundant_backup_enabled.not_applicable) == 1 with input as _server("Disabled") with data.parameters as {"geo_redundant_backup_required": false}
}
