package azure.network.interface_ip_forwarding_disabled_test

import data.azure.network.interface_ip_forwarding_disabled

_with(value) := {"resource": {"properties": {"enableIPForwarding": value}}}

test_denies_true if {
	some finding in interface_ip_forwarding_disabled.deny with input as _with(true)
	finding.path == "resource.properties.enableIPForwarding"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(interface_ip_forwarding_disabled.deny) == 0 with input as _with(false)
}

test_denies_nothing_when_the_value_is_missing if {
	count(interface_ip_forwarding_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
}
