package azure.container_registry.admin_user_disabled_test

import data.azure.container_registry.admin_user_disabled

_resource(value) := {"resource": {"properties": {"adminUserEnabled": value}}}

test_denies_on if {
	some finding in admin_user_disabled.deny with input as _resource(true)
	finding.path == "resource.properties.adminUserEnabled"
	finding.actual == true
	finding.expected == false
}

test_passes_off if {
	count(admin_user_disabled.deny) == 0 with input as _resource(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(admin_user_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
