package azure.dns.resolver_inbound_endpoint_present_test

import data.azure.dns.resolver_inbound_endpoint_present

_resolver(endpoints) := {"children": {"inboundEndpoints": endpoints}}

_verdict(it, needed) := [count(denied), count(aside)] if {
	denied := resolver_inbound_endpoint_present.deny with input as it with data.parameters as {"dns_resolved_on_premises": needed}
	aside := resolver_inbound_endpoint_present.not_applicable with input as it with data.parameters as {"dns_resolved_on_premises": needed}
}

test_denies_a_resolver_without_endpoint if {
	some finding in resolver_inbound_endpoint_present.deny with input as _resolver({})
	finding.path == "children.inboundEndpoints.*"
	finding.actual == 0
	finding.expected == "one endpoint or more"
	_verdict(_resolver({}), true) == [1, 0]
}

test_passes_a_resolver_with_an_endpoint if _verdict(_resolver({"inbound": {"name": "inbound"}}), true) == [0, 0]

test_ignores_it_where_nobody_asks if _verdict(_resolver({"inbound": {"name": "inbound"}}), false) == [0, 1]
