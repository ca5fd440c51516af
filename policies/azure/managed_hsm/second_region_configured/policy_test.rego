package azure.managed_hsm.second_region_configured_test

import data.azure.managed_hsm.second_region_configured

_in(regions) := {"resource": {"properties": {"regions": regions}}}

test_denies_one_region if {
	every regions in [[], [{"name": "West Europe", "isPrimary": true, "provisioningState": "Succeeded"}], [{"name": "North Europe", "isPrimary": false, "provisioningState": "Provisioning"}]] {
		some finding in second_region_configured.deny with input as _in(regions)
		finding.path == "resource.properties.regions"
		finding.actual == count(regions)
		finding.expected == "a second region that is up"
	}
}

test_missing_list_is_one_region if {
	some finding in second_region_configured.deny with input as {"resource": {"properties": {}}}
	finding.actual == 0
}

test_passes_a_second_region if {
	every region in [{"name": "North Europe", "isPrimary": false, "provisioningState": "succeeded"}, {"name": "northeurope"}] {
		count(second_region_configured.deny) == 0 with input as _in([{"name": "West Europe", "isPrimary": true, "provisioningState": "Succeeded"}, region])
	}
}
