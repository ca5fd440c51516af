package azure.dns.resolver_connected_test

import data.azure.dns.resolver_connected

_in(value) := {"resource": {"properties": {"dnsResolverState": value}}}

test_denies_the_bad if {
	every value in ["Disconnected", "DISCONNECTED"] {
		some finding in resolver_connected.deny with input as _in(value)
		finding.path == "resource.properties.dnsResolverState"
		finding.actual == value
		finding.expected == "Connected"
		count(resolver_connected.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Connected", "CONNECTED"] {
		count(resolver_connected.deny) == 0 with input as _in(value)
		count(resolver_connected.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(resolver_connected.deny) == 0 with input as {"resource": {"properties": {}}}
	count(resolver_connected.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(resolver_connected.unknown) == 1 with input as _in("Otherwise")
	count(resolver_connected.deny) == 0 with input as _in("Otherwise")
}
