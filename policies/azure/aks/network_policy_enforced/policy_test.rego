package azure.aks.network_policy_enforced_test

import data.azure.aks.network_policy_enforced

_resource(value) := {"resource": {"properties": {"networkProfile": {"networkPolicy": value}}}}

test_denies if {
	every value in ["NONE", "none"] {
		some finding in network_policy_enforced.deny with input as _resource(value)
		finding.path == "resource.properties.networkProfile.networkPolicy"
		finding.actual == value
		finding.expected == "azure"
		count(network_policy_enforced.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["AZURE", "CALICO", "CILIUM", "azure", "calico", "cilium"] {
		count(network_policy_enforced.deny) == 0 with input as _resource(value)
		count(network_policy_enforced.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in network_policy_enforced.deny with input as {"resource": {"properties": {}}}
	finding.actual == "none"
}

test_other_value_is_unknown if {
	count(network_policy_enforced.unknown) == 1 with input as _resource("Legacy")
	count(network_policy_enforced.deny) == 0 with input as _resource("Legacy")
}
