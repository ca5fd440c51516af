package azure.cosmos.geo_backup_location_allowed_test

import data.azure.cosmos.geo_backup_location_allowed

_it(kind, location) := {"resource": {"properties": {
	"locations": [{"locationName": "France Central", "failoverPriority": 1}, {"locationName": location, "failoverPriority": 0}],
	"backupPolicy": {"type": "Periodic", "periodicModeProperties": {"backupStorageRedundancy": kind}},
}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := geo_backup_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := geo_backup_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := geo_backup_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_pair_outside if {
	every kind in ["Geo"] {
		_verdict(_it(kind, "Brazil South")) == [1, 0, 0]
	}
	some finding in geo_backup_location_allowed.deny with input as _it("Geo", "brazilsouth") with data.parameters as _allowed
	finding.path == "resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy"
	finding.actual == "southcentralus"
	finding.expected == "westeurope or northeurope"
}

test_passes_a_pair_inside if {
	every kind in ["Geo"] {
		_verdict(_it(lower(kind), "West Europe")) == [0, 0, 0]
	}
}

test_copies_in_one_region_are_not_judged if {
	every kind in ["Local", "Zone"] {
		_verdict(_it(kind, "Brazil South")) == [0, 0, 1]
	}
}

test_region_without_a_known_pair_is_unknown if {
	_verdict(_it("Geo", "italynorth")) == [0, 1, 0]
	_verdict(_it("Geo", "atlantis")) == [0, 1, 0]
}

test_new_redundancy_is_unknown if _verdict(_it("Triple", "brazilsouth")) == [0, 1, 0]

test_ignores_an_empty_list if {
	none := {"regions_allowed": []}
	count(geo_backup_location_allowed.not_applicable) == 1 with input as _it("Geo", "brazilsouth") with data.parameters as none
	count(geo_backup_location_allowed.not_applicable) == 0 with input as _it("Geo", "brazilsouth") with data.parameters as _allowed
}

_of(mode) := {"resource": {"properties": {
	"locations": [{"locationName": "West Europe", "failoverPriority": 0}],
	"backupPolicy": {"type": mode, "periodicModeProperties": {"backupStorageRedundancy": "Geo"}},
}}}

test_continuous_backup_is_not_judged if _verdict(_of("Continuous")) == [0, 0, 1]

test_new_kind_of_backup_is_unknown if _verdict(_of("Eternal")) == [0, 1, 0]

test_account_without_a_write_region_is_unknown if {
	it := {"resource": {"properties": {
		"locations": [],
		"backupPolicy": {"type": "Periodic", "periodicModeProperties": {"backupStorageRedundancy": "Geo"}},
	}}}
	_verdict(it) == [0, 1, 0]
	some reason in geo_backup_location_allowed.unknown with input as it with data.parameters as _allowed
	reason == "no paired region of \"\" is known"
}
