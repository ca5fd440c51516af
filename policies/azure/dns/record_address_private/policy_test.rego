package azure.dns.record_address_private_test

import data.azure.dns.record_address_private

_in(addresses) := {"resource": {"properties": {"aRecords": [{"ipv4Address": address} | some address in addresses]}}}

_ranges := {"private_address_ranges": ["10.0.0.0/8", "172.16.0.0/12"]}

test_denies_a_public_address if {
	some finding in record_address_private.deny with input as _in(["10.20.4.5", "20.50.2.1"]) with data.parameters as _ranges
	finding.path == "resource.properties.aRecords"
	finding.actual == ["20.50.2.1"]
	finding.expected == ["10.0.0.0/8", "172.16.0.0/12"]
	finding.message == "the name leads to 20.50.2.1"
	count(record_address_private.deny) == 1 with input as _in(["172.32.0.1"]) with data.parameters as _ranges
}

test_passes_private_addresses if {
	every addresses in [["10.20.4.5"], ["10.0.0.1", "172.31.255.254"], []] {
		count(record_address_private.deny) == 0 with input as _in(addresses) with data.parameters as _ranges
		count(record_address_private.unknown) == 0 with input as _in(addresses) with data.parameters as _ranges
	}
}

test_what_is_no_address_is_unknown if {
	every text in ["", "gateway", "10.0.0"] {
		count(record_address_private.unknown) == 1 with input as _in([text]) with data.parameters as _ranges
		count(record_address_private.deny) == 0 with input as _in([text]) with data.parameters as _ranges
	}
	count(record_address_private.unknown) == 1 with input as {"resource": {"properties": {"aRecords": [{}]}}} with data.parameters as _ranges
}
