package azure.network.peering_forwarded_traffic_refused_test

import data.azure.network.peering_forwarded_traffic_refused

_with(value) := {"resource": {"properties": {"allowForwardedTraffic": value}}}

_required := {"peering_forwarded_traffic_refused": true}

test_denies_true if {
	some finding in peering_forwarded_traffic_refused.deny with input as _with(true) with data.parameters as _required
	finding.path == "resource.properties.allowForwardedTraffic"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(peering_forwarded_traffic_refused.deny) == 0 with input as _with(false) with data.parameters as _required
	count(peering_forwarded_traffic_refused.not_applicable) == 0 with input as _with(false) with data.parameters as _required
}

test_denies_nothing_when_the_value_is_missing if {
	count(peering_forwarded_traffic_refused.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
}

test_ignores_what_needs_no_such_setting if {
	count(peering_forwarded_traffic_refused.not_applicable) == 1 with input as _with(true) with data.parameters as {"peering_forwarded_traffic_refused": false}
}
