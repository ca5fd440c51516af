package azure.recovery_services.cross_region_restore_enabled_test

import data.azure.recovery_services.cross_region_restore_enabled

_required := {"backup_cross_region_restore_required": true}

_vault(kind, state) := {"resource": {"properties": object.union({"redundancySettings": {"standardTierStorageRedundancy": kind}}, state)}}

_restore(value) := {"redundancySettings": {"crossRegionRestore": value}}

_verdict(vault) := [count(denied), count(unclear), count(aside)] if {
	denied := cross_region_restore_enabled.deny with input as vault with data.parameters as _required
	unclear := cross_region_restore_enabled.unknown with input as vault with data.parameters as _required
	aside := cross_region_restore_enabled.not_applicable with input as vault with data.parameters as _required
}

test_denies_disabled if {
	some finding in cross_region_restore_enabled.deny with input as _vault("GeoRedundant", _restore("disabled")) with data.parameters as _required
	finding.path == "resource.properties.redundancySettings.crossRegionRestore"
	finding.actual == "disabled"
	finding.expected == "Enabled"
}

test_missing_setting_is_disabled if {
	some finding in cross_region_restore_enabled.deny with input as _vault("georedundant", {}) with data.parameters as _required
	finding.actual == "Disabled"
}

test_passes_enabled if _verdict(_vault("GeoRedundant", _restore("ENABLED"))) == [0, 0, 0]

test_disabled_is_known if _verdict(_vault("GeoRedundant", _restore("DISABLED"))) == [1, 0, 0]

test_other_value_is_unknown if _verdict(_vault("GeoRedundant", _restore("Later"))) == [0, 1, 0]

test_ignores_storage_in_one_region if {
	_verdict(_vault("ZoneRedundant", _restore("Disabled"))) == [0, 0, 1]
	_verdict(_vault("locallyredundant", _restore("Disabled"))) == [0, 0, 1]
}

test_other_storage_is_unknown if _verdict(_vault("Invalid", _restore("Enabled"))) == [0, 1, 0]

test_missing_storage_is_left_to_the_engine if _verdict({"resource": {"properties": _restore("Enabled")}}) == [0, 0, 0]

test_ignores_vaults_that_need_none if {
	vault := _vault("GeoRedundant", _restore("Disabled"))
	count(cross_region_restore_enabled.not_applicable) == 1 with input as vault with data.parameters as {"backup_cross_region_restore_required": false}
}
