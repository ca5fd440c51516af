package azure.app_service.http_logged_test

import data.azure.app_service.http_logged

_resource(value, kind) := {"resource": {"properties": {"siteConfig": {"httpLoggingEnabled": value}}, "kind": kind}}

test_denies_off if {
	some finding in http_logged.deny with input as _resource(false, "app,linux")
	finding.path == "resource.properties.siteConfig.httpLoggingEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(http_logged.deny) == 0 with input as _resource(true, "app,linux")
	count(http_logged.not_applicable) == 0 with input as _resource(true, "app,linux")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(http_logged.deny) == 0 with input as {"resource": {"kind": "app,linux"}}

test_function_app_is_not_judged if {
	http_logged.not_applicable == {"a function app logs to Application Insights"} with input as _resource(false, "FunctionApp,linux")
}
