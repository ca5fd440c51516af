package azure.app_service.errors_logged_test

import data.azure.app_service.errors_logged

_resource(value, kind) := {"resource": {"properties": {"siteConfig": {"detailedErrorLoggingEnabled": value}}, "kind": kind}}

test_denies_off if {
	some finding in errors_logged.deny with input as _resource(false, "app,linux")
	finding.path == "resource.properties.siteConfig.detailedErrorLoggingEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(errors_logged.deny) == 0 with input as _resource(true, "app,linux")
	count(errors_logged.not_applicable) == 0 with input as _resource(true, "app,linux")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(errors_logged.deny) == 0 with input as {"resource": {"kind": "app,linux"}}

test_function_app_is_not_judged if {
	errors_logged.not_applicable == {"a function app logs to Application Insights"} with input as _resource(false, "FunctionApp,linux")
}
