package azure.aks.api_server_addresses_limited_test

import data.azure.aks.api_server_addresses_limited

_resource(ranges, private) := {"resource": {"properties": {"apiServerAccessProfile": {"authorizedIPRanges": ranges, "enablePrivateCluster": private}}}}

test_denies_no_ranges if {
	api_server_addresses_limited.deny == {{
		"message": "the public Kubernetes API answers every address",
		"path": "resource.properties.apiServerAccessProfile.authorizedIPRanges",
		"actual": [],
		"expected": "ranges of the firm",
	}} with input as _resource([], false)
}

test_denies_the_whole_internet if {
	api_server_addresses_limited.deny == {{
		"message": "the range 0.0.0.0/0 is the whole internet",
		"path": "resource.properties.apiServerAccessProfile.authorizedIPRanges",
		"actual": ["198.51.100.0/24", "0.0.0.0/0"],
		"expected": "ranges of the firm",
	}} with input as _resource(["198.51.100.0/24", "0.0.0.0/0"], false)
}

test_passes_ranges if {
	count(api_server_addresses_limited.deny) == 0 with input as _resource(["198.51.100.0/24"], false)
	count(api_server_addresses_limited.unknown) == 0 with input as _resource(["198.51.100.0/24"], false)
}

test_private_cluster_needs_none if {
	count(api_server_addresses_limited.deny) == 0 with input as _resource([], true)
	count(api_server_addresses_limited.deny) == 0 with input as _resource(["0.0.0.0/0"], true)
}

test_absent_is_every_address if {
	some finding in api_server_addresses_limited.deny with input as {"resource": {"properties": {}}}
	finding.actual == []
}

test_other_type_is_unknown if count(api_server_addresses_limited.unknown) == 1 with input as _resource([7], false)
