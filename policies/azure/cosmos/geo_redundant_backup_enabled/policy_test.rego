package azure.cosmos.geo_redundant_backup_enabled_test

import data.azure.cosmos.geo_redundant_backup_enabled

_account(value) := {"resource": {"properties": {"backupPolicy": {"periodicModeProperties": {"backupStorageRedundancy": value}, "type": "Periodic"}}}}

test_denies_what_is_bad if {
	every value in ["Local", "LOCAL", "local", "Zone"] {
		some finding in geo_redundant_backup_enabled.deny with input as _account(value) with data.parameters as {"geo_redundant_backup_required": true}
		finding.path == "resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy"
		finding.actual == value
		finding.expected == "Geo"
		count(geo_redundant_backup_enabled.unknown) == 0 with input as _account(value) with data.parameters as {"geo_redundant_backup_required": true}
	}
}

test_passes_what_is_good if {
	every value in ["Geo", "GEO", "geo"] {
		count(geo_redundant_backup_enabled.deny) == 0 with input as _account(value) with data.parameters as {"geo_redundant_backup_required": true}
		count(geo_redundant_backup_enabled.unknown) == 0 with input as _account(value) with data.parameters as {"geo_redundant_backup_required": true}
		count(geo_redundant_backup_enabled.not_applicable) == 0 with input as _account(value) with data.parameters as {"geo_redundant_backup_required": true}
	}
}

test_missing_setting_is_good if {
	count(geo_redundant_backup_enabled.deny) == 0 with input as {"resource": {"properties": {"backupPolicy": {"type": "Periodic"}}}} with data.parameters as {"geo_redundant_backup_required": true}
	count(geo_redundant_backup_enabled.unknown) == 0 with input as {"resource": {"properties": {"backupPolicy": {"type": "Periodic"}}}} with data.parameters as {"geo_redundant_backup_required": true}
}

test_other_value_is_unknown if {
	count(geo_redundant_backup_enabled.unknown) == 1 with input as _account("Novelty") with data.parameters as {"geo_redundant_backup_required": true}
	count(geo_redundant_backup_enabled.deny) == 0 with input as _account("Novelty") with data.parameters as {"geo_redundant_backup_required": true}
}

test_ignores_what_needs_no_copy if {
	some reason in geo_redundant_backup_enabled.not_applicable with input as {"resource": {"properties": {"backupPolicy": {"periodicModeProperties": {"backupStorageRedundancy": "Local"}, "type": "Periodic"}}}} with data.parameters as {"geo_redundant_backup_required": false}
	reason == "geo-redundant backup is not required of this account"
}

test_ignores_continuous_backup if {
	some reason in geo_redundant_backup_enabled.not_applicable with input as {"resource": {"properties": {"backupPolicy": {"periodicModeProperties": {"backupStorageRedundancy": "Local"}, "type": "continuous"}}}} with data.parameters as {"geo_redundant_backup_required": true}
	reason == "continuous backup is kept in every region of the account"
}
