package azure.dns.resolver_address_static_test

import data.azure.dns.resolver_address_static

_in(method) := {"resource": {"properties": {"ipConfigurations": [{"privateIpAllocationMethod": method}]}}}

test_denies_a_dynamic_address if {
	every method in ["Dynamic", "DYNAMIC"] {
		some finding in resolver_address_static.deny with input as _in(method)
		finding.path == "resource.properties.ipConfigurations"
		finding.actual == method
		finding.expected == "Static"
		count(resolver_address_static.unknown) == 0 with input as _in(method)
	}
	count(resolver_address_static.deny) == 1 with input as {"resource": {"properties": {"ipConfigurations": [{}]}}}
}

test_passes_a_static_address if {
	count(resolver_address_static.deny) == 0 with input as _in("static")
	count(resolver_address_static.unknown) == 0 with input as _in("static")
}

test_other_method_is_unknown if {
	count(resolver_address_static.unknown) == 1 with input as _in("Random")
	count(resolver_address_static.unknown) == 1 with input as {"resource": {"properties": {"ipConfigurations": []}}}
}
