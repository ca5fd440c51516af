package azure.recovery_services.storage_redundant_test

import data.azure.recovery_services.storage_redundant

_vault(kind) := {"resource": {"properties": {"redundancySettings": {"standardTierStorageRedundancy": kind}}}}

_default := {"backup_redundancies_allowed": ["ZoneRedundant", "GeoRedundant"]}

_verdict(kind) := [count(denied), count(unclear)] if {
	denied := storage_redundant.deny with input as _vault(kind) with data.parameters as _default
	unclear := storage_redundant.unknown with input as _vault(kind) with data.parameters as _default
}

test_denies_locally_redundant if {
	some finding in storage_redundant.deny with input as _vault("LOCALLYREDUNDANT") with data.parameters as _default
	finding.path == "resource.properties.redundancySettings.standardTierStorageRedundancy"
	finding.actual == "LOCALLYREDUNDANT"
	finding.expected == "ZoneRedundant or GeoRedundant"
}

test_passes_what_is_allowed if {
	_verdict("GeoRedundant") == [0, 0]
	_verdict("zoneredundant") == [0, 0]
}

test_zone_and_geo_are_known if {
	every kind in ["ZoneRedundant", "GeoRedundant"] {
		only := {"backup_redundancies_allowed": ["LocallyRedundant"]}
		count(storage_redundant.deny) == 1 with input as _vault(kind) with data.parameters as only
		count(storage_redundant.unknown) == 0 with input as _vault(kind) with data.parameters as only
	}
}

test_other_kind_is_unknown if _verdict("Invalid") == [0, 1]

test_missing_kind_is_left_to_the_engine if {
	count(storage_redundant.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _default
}
