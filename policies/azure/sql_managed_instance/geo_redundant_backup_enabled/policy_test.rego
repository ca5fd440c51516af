package azure.sql_managed_instance.geo_redundant_backup_enabled_test

import data.azure.sql_managed_instance.geo_redundant_backup_enabled

_instance(value) := {"resource": {"properties": {"requestedBackupStorageRedundancy": value}}}

test_denies_what_is_bad if {
	every value in ["Local", "LOCAL", "local", "Zone"] {
		some finding in geo_redundant_backup_enabled.deny with input as _instance(value) with data.parameters as {"geo_redundant_backup_required": true}
		finding.path == "resource.properties.requestedBackupStorageRedundancy"
		finding.actual == value
		finding.expected == "Geo"
		count(geo_redundant_backup_enabled.unknown) == 0 with input as _instance(value) with data.parameters as {"geo_redundant_backup_required": true}
	}
}

test_passes_what_is_good if {
	every value in ["Geo", "GeoZone", "GEO", "geo"] {
		count(geo_redundant_backup_enabled.deny) == 0 with input as _instance(value) with data.parameters as {"geo_redundant_backup_required": true}
		count(geo_redundant_backup_enabled.unknown) == 0 with input as _instance(value) with data.parameters as {"geo_redundant_backup_required": true}
		count(geo_redundant_backup_enabled.not_applicable) == 0 with input as _instance(value) with data.parameters as {"geo_redundant_backup_required": true}
	}
}

test_missing_setting_is_good if {
	count(geo_redundant_backup_enabled.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"geo_redundant_backup_required": true}
	count(geo_redundant_backup_enabled.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"geo_redundant_backup_required": true}
}

test_other_value_is_unknown if {
	count(geo_redundant_backup_enabled.unknown) == 1 with input as _instance("Novelty") with data.parameters as {"geo_redundant_backup_required": true}
	count(geo_redundant_backup_enabled.deny) == 0 with input as _instance("Novelty") with data.parameters as {"geo_redundant_backup_required": true}
}

test_ignores_what_needs_no_copy if {
	some reason in geo_redundant_backup_enabled.not_applicable with input as {"resource": {"properties": {"requestedBackupStorageRedundancy": "Local"}}} with data.parameters as {"geo_redundant_backup_required": false}
	reason == "geo-redundant backup is not required of this instance"
}
