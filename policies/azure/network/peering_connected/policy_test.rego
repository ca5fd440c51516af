package azure.network.peering_connected_test

import data.azure.network.peering_connected

_with(value) := {"resource": {"properties": {"peeringState": value}}}

test_denies_the_wrong_value if {
	every value in ["Initiated", "INITIATED", "Disconnected", "DISCONNECTED"] {
		some finding in peering_connected.deny with input as _with(value)
		finding.path == "resource.properties.peeringState"
		finding.actual == value
		finding.expected == "Connected"
		count(peering_connected.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Connected", "CONNECTED"] {
		count(peering_connected.deny) == 0 with input as _with(value)
		count(peering_connected.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(peering_connected.unknown) == 1 with input as _with("Maybe")
	count(peering_connected.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(peering_connected.deny) == 0 with input as {"resource": {"properties": {}}}
	count(peering_connected.unknown) == 0 with input as {"resource": {"properties": {}}}
}
