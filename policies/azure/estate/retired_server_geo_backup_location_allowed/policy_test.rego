package azure.estate.retired_server_geo_backup_location_allowed_test

import data.azure.estate.retired_server_geo_backup_location_allowed

_it(kind, location) := {"resource": {"properties": {"storageProfile": {"geoRedundantBackup": kind}}, "location": location}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := retired_server_geo_backup_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := retired_server_geo_backup_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := retired_server_geo_backup_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_pair_outside if {
	every kind in ["Enabled"] {
		_verdict(_it(kind, "Brazil South")) == [1, 0, 0]
	}
	some finding in retired_server_geo_backup_location_allowed.deny with input as _it("Enabled", "brazilsouth") with data.parameters as _allowed
	finding.path == "resource.properties.storageProfile.geoRedundantBackup"
	finding.actual == "southcentralus"
	finding.expected == "westeurope or northeurope"
}

test_passes_a_pair_inside if {
	every kind in ["Enabled"] {
		_verdict(_it(lower(kind), "West Europe")) == [0, 0, 0]
	}
}

test_copies_in_one_region_are_not_judged if {
	every kind in ["Disabled"] {
		_verdict(_it(kind, "Brazil South")) == [0, 0, 1]
	}
}

test_region_without_a_known_pair_is_unknown if {
	_verdict(_it("Enabled", "italynorth")) == [0, 1, 0]
	_verdict(_it("Enabled", "atlantis")) == [0, 1, 0]
}

test_new_redundancy_is_unknown if _verdict(_it("Triple", "brazilsouth")) == [0, 1, 0]

test_ignores_an_empty_list if {
	none := {"regions_allowed": []}
	count(retired_server_geo_backup_location_allowed.not_applicable) == 1 with input as _it("Enabled", "brazilsouth") with data.parameters as none
	count(retired_server_geo_backup_location_allowed.not_applicable) == 0 with input as _it("Enabled", "brazilsouth") with data.parameters as _allowed
}

test_missing_setting_is_disabled if _verdict({"resource": {"location": "brazilsouth", "properties": {}}}) == [0, 0, 1]
