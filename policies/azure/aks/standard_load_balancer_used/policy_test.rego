package azure.aks.standard_load_balancer_used_test

import data.azure.aks.standard_load_balancer_used

_resource(value) := {"resource": {"properties": {"networkProfile": {"loadBalancerSku": value}}}}

test_denies if {
	every value in ["BASIC", "basic"] {
		some finding in standard_load_balancer_used.deny with input as _resource(value)
		finding.path == "resource.properties.networkProfile.loadBalancerSku"
		finding.actual == value
		finding.expected == "standard"
		count(standard_load_balancer_used.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["STANDARD", "standard"] {
		count(standard_load_balancer_used.deny) == 0 with input as _resource(value)
		count(standard_load_balancer_used.unknown) == 0 with input as _resource(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if {
	count(standard_load_balancer_used.deny) == 0 with input as {"resource": {"properties": {}}}
	count(standard_load_balancer_used.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(standard_load_balancer_used.unknown) == 1 with input as _resource("Legacy")
	count(standard_load_balancer_used.deny) == 0 with input as _resource("Legacy")
}
