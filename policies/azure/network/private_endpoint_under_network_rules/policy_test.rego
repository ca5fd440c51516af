package azure.network.private_endpoint_under_network_rules_test

import data.azure.network.private_endpoint_under_network_rules

_endpoint(policies) := {"related": {"subnet": {"id": "/subnet", "properties": {"privateEndpointNetworkPolicies": policies}}}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := private_endpoint_under_network_rules.deny with input as it
	unclear := private_endpoint_under_network_rules.unknown with input as it
}

test_denies_a_subnet_whose_group_does_not_hold if {
	every policies in ["disabled", "RouteTableEnabled"] {
		some finding in private_endpoint_under_network_rules.deny with input as _endpoint(policies)
		finding.path == "related.subnet.properties.privateEndpointNetworkPolicies"
		finding.actual == policies
		finding.expected == "NetworkSecurityGroupEnabled"
		_verdict(_endpoint(policies)) == [1, 0]
	}
}

test_denies_a_subnet_that_says_nothing if _verdict({"related": {"subnet": {"id": "/subnet"}}}) == [1, 0]

test_passes_a_subnet_whose_group_holds if {
	every policies in ["networkSecurityGroupEnabled", "Enabled"] {
		_verdict(_endpoint(policies)) == [0, 0]
	}
}

test_other_value_is_unknown if _verdict(_endpoint("Maybe")) == [0, 1]

test_no_subnet_is_unknown if _verdict({"resource": {"id": "/pe"}}) == [0, 1]
