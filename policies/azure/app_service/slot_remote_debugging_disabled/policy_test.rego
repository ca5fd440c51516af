package azure.app_service.slot_remote_debugging_disabled_test

import data.azure.app_service.slot_remote_debugging_disabled

_resource(value) := {"resource": {"properties": {"siteConfig": {"remoteDebuggingEnabled": value}}}}

test_denies_on if {
	some finding in slot_remote_debugging_disabled.deny with input as _resource(true)
	finding.path == "resource.properties.siteConfig.remoteDebuggingEnabled"
	finding.actual == true
	finding.expected == false
}

test_passes_off if {
	count(slot_remote_debugging_disabled.deny) == 0 with input as _resource(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(slot_remote_debugging_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
