package azure.network.cdn_endpoint_http_refused_test

import data.azure.network.cdn_endpoint_http_refused

_with(value) := {"resource": {"properties": {"isHttpAllowed": value}}}

test_denies_true if {
	some finding in cdn_endpoint_http_refused.deny with input as _with(true)
	finding.path == "resource.properties.isHttpAllowed"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(cdn_endpoint_http_refused.deny) == 0 with input as _with(false)
}

test_missing_value_is_true if {
	some finding in cdn_endpoint_http_refused.deny with input as {"resource": {"properties": {}}}
	finding.actual == true
}
