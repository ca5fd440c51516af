package azure.network.interface_without_public_address_test

import data.azure.network.interface_without_public_address

_interface(configurations) := {"resource": {"properties": {"ipConfigurations": configurations}}}

_verdict(configurations) := [count(denied), count(unclear)] if {
	denied := interface_without_public_address.deny with input as _interface(configurations)
	unclear := interface_without_public_address.unknown with input as _interface(configurations)
}

test_denies_a_public_address if {
	some finding in interface_without_public_address.deny with input as _interface([{"properties": {}}, {"name": "c", "properties": {"publicIPAddress": {"id": "x"}}}])
	finding.path == "resource.properties.ipConfigurations"
	finding.actual == "x"
	finding.expected == "no public address"
}

test_denies_a_public_address_without_id if {
	some finding in interface_without_public_address.deny with input as _interface([{"properties": {"publicIPAddress": {}}}])
	finding.actual == "a public address"
	contains(finding.message, "without a name")
}

test_passes_private_addresses if _verdict([{"name": "c", "properties": {"privateIPAddress": "10.0.0.4"}}]) == [0, 0]

test_what_cannot_be_read_is_unknown if {
	_verdict([{"name": "c"}]) == [0, 1]
	_verdict([{"name": "c", "properties": 7}]) == [0, 1]
	_verdict([]) == [0, 1]
}
