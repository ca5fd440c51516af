package azure.cosmos.data_in_allowed_regions_test

import data.azure.cosmos.data_in_allowed_regions

_account(names) := {"resource": {"properties": {"locations": [{"locationName": name} | some name in names]}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

test_denies_another_region if {
	count(data_in_allowed_regions.deny) == 1 with input as _account(["West Europe", "East US"]) with data.parameters as _allowed
	some finding in data_in_allowed_regions.deny with input as _account(["West Europe", "East US"]) with data.parameters as _allowed
	finding.path == "resource.properties.locations"
	finding.actual == "East US"
	finding.expected == ["westeurope", "northeurope"]
	count(data_in_allowed_regions.unknown) == 0 with input as _account(["East US"]) with data.parameters as _allowed
}

test_passes_allowed_regions if {
	count(data_in_allowed_regions.deny) == 0 with input as _account(["West Europe", "northeurope"]) with data.parameters as _allowed
	count(data_in_allowed_regions.unknown) == 0 with input as _account(["West Europe", "northeurope"]) with data.parameters as _allowed
}

test_what_is_no_region_is_unknown if {
	every names in [[], [7], ["West Europe", null]] {
		count(data_in_allowed_regions.unknown) == 1 with input as _account(names) with data.parameters as _allowed
	}
}

test_region_without_a_readable_name_is_unknown if {
	every location in [{"failoverPriority": 0}, {"locationName": 5}] {
		count(data_in_allowed_regions.unknown) == 1 with input as {"resource": {"properties": {"locations": [location]}}} with data.parameters as _allowed
		count(data_in_allowed_regions.deny) == 0 with input as {"resource": {"properties": {"locations": [location]}}} with data.parameters as _allowed
	}
}

test_ignores_an_empty_list if {
	count(data_in_allowed_regions.not_applicable) == 1 with input as _account(["East US"]) with data.parameters as {"regions_allowed": []}
	count(data_in_allowed_regions.not_applicable) == 0 with input as _account(["East US"]) with data.parameters as _allowed
}
