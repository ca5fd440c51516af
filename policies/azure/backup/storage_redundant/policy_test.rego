package azure.backup.storage_redundant_test

import data.azure.backup.storage_redundant

_vault(kinds) := {"resource": {"properties": {"storageSettings": [{"datastoreType": "VaultStore", "type": kind} | some kind in kinds]}}}

_default := {"backup_redundancies_allowed": ["ZoneRedundant", "GeoRedundant"]}

_verdict(kinds) := [count(denied), count(unclear)] if {
	denied := storage_redundant.deny with input as _vault(kinds) with data.parameters as _default
	unclear := storage_redundant.unknown with input as _vault(kinds) with data.parameters as _default
}

test_denies_locally_redundant if {
	some finding in storage_redundant.deny with input as _vault(["LOCALLYREDUNDANT"]) with data.parameters as _default
	finding.path == "resource.properties.storageSettings"
	finding.actual == "LOCALLYREDUNDANT"
	finding.expected == "ZoneRedundant or GeoRedundant"
}

test_denies_one_of_two if _verdict(["GeoRedundant", "LocallyRedundant"]) == [1, 0]

test_passes_what_is_allowed if {
	_verdict(["GeoRedundant"]) == [0, 0]
	_verdict(["zoneredundant"]) == [0, 0]
}

test_zone_and_geo_are_known if {
	every kind in ["ZoneRedundant", "GeoRedundant"] {
		only := {"backup_redundancies_allowed": ["LocallyRedundant"]}
		count(storage_redundant.deny) == 1 with input as _vault([kind]) with data.parameters as only
		count(storage_redundant.unknown) == 0 with input as _vault([kind]) with data.parameters as only
	}
}

test_other_kind_is_unknown if _verdict(["PlanetRedundant"]) == [0, 1]

test_setting_without_kind_is_unknown if {
	vault := {"resource": {"properties": {"storageSettings": [{"datastoreType": "VaultStore"}]}}}
	storage_redundant.unknown == {"the kind of storage nobody names is not known to this policy"} with input as vault with data.parameters as _default
}

test_no_storage_is_unknown if _verdict([]) == [0, 1]
