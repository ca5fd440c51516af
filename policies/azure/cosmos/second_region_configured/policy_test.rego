package azure.cosmos.second_region_configured_test

import data.azure.cosmos.second_region_configured

_account(names) := {"resource": {"properties": {"locations": [{"locationName": name} | some name in names]}}}

_required := {"cosmos_second_region_required": true}

test_denies_one_region if {
	every names in [["West Europe"], ["West Europe", "westeurope"]] {
		some finding in second_region_configured.deny with input as _account(names) with data.parameters as _required
		finding.path == "resource.properties.locations"
		finding.actual == ["westeurope"]
		finding.expected == "two regions"
		count(second_region_configured.unknown) == 0 with input as _account(names) with data.parameters as _required
	}
}

test_passes_two_regions if {
	count(second_region_configured.deny) == 0 with input as _account(["West Europe", "North Europe"]) with data.parameters as _required
	count(second_region_configured.unknown) == 0 with input as _account(["West Europe", "North Europe"]) with data.parameters as _required
	count(second_region_configured.not_applicable) == 0 with input as _account(["West Europe", "North Europe"]) with data.parameters as _required
}

test_no_region_is_unknown if {
	count(second_region_configured.unknown) == 1 with input as _account([]) with data.parameters as _required
	count(second_region_configured.deny) == 0 with input as _account([]) with data.parameters as _required
}

test_ignores_what_needs_no_second_region if {
	some reason in second_region_configured.not_applicable with input as _account(["West Europe"]) with data.parameters as {"cosmos_second_region_required": false}
	reason == "a second region is not required of this account"
}
