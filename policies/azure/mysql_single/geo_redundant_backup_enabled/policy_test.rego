package azure.mysql_single.geo_redundant_backup_enabled_test

import data.azure.mysql_single.geo_redundant_backup_enabled

_server(value) := {"resource": {"properties": {"storageProfile": {"geoRedundantBackup": value}}}}

test_denies_what_is_bad if {
	every value in ["Disabled", "DISABLED", "disabled"] {
		some finding in geo_redundant_backup_enabled.deny with input as _server(value) with data.parameters as {"geo_redundant_backup_required": true}
		finding.path == "resource.properties.storageProfile.geoRedundantBackup"
		finding.actual == value
		finding.expected == "Enabled"
		count(geo_redundant_backup_enabled.unknown) == 0 with input as _server(value) with data.parameters as {"geo_redundant_backup_required": true}
	}
}

test_passes_what_is_good if {
	every value in ["Enabled", "ENABLED", "enabled"] {
		count(geo_redundant_backup_enabled.deny) == 0 with input as _server(value) with data.parameters as {"geo_redundant_backup_required": true}
		count(geo_redundant_backup_enabled.unknown) == 0 with input as _server(value) with data.parameters as {"geo_redundant_backup_required": true}
		count(geo_redundant_backup_enabled.not_applicable) == 0 with input as _server(value) with data.parameters as {"geo_redundant_backup_required": true}
	}
}

test_missing_setting_is_disabled if {
	some finding in geo_redundant_backup_enabled.deny with input as {"resource": {"properties": {}}} with data.parameters as {"geo_redundant_backup_required": true}
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(geo_redundant_backup_enabled.unknown) == 1 with input as _server("Novelty") with data.parameters as {"geo_redundant_backup_required": true}
	count(geo_redundant_backup_enabled.deny) == 0 with input as _server("Novelty") with data.parameters as {"geo_redundant_backup_required": true}
}

test_ignores_what_needs_no_copy if {
	some reason in geo_redundant_backup_enabled.not_applicable with input as {"resource": {"properties": {"storageProfile": {"geoRedundantBackup": "Disabled"}}}} with data.parameters as {"geo_redundant_backup_required": false}
	reason == "geo-redundant backup is not required of this server"
}
