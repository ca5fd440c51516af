package azure.app_service.failed_requests_traced_test

import data.azure.app_service.failed_requests_traced

_resource(value, kind) := {"resource": {"properties": {"siteConfig": {"requestTracingEnabled": value}}, "kind": kind}}

test_denies_off if {
	some finding in failed_requests_traced.deny with input as _resource(false, "app,linux")
	finding.path == "resource.properties.siteConfig.requestTracingEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(failed_requests_traced.deny) == 0 with input as _resource(true, "app,linux")
	count(failed_requests_traced.not_applicable) == 0 with input as _resource(true, "app,linux")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(failed_requests_traced.deny) == 0 with input as {"resource": {"kind": "app,linux"}}

test_function_app_is_not_judged if {
	failed_requests_traced.not_applicable == {"a function app logs to Application Insights"} with input as _resource(false, "FunctionApp,linux")
}
