package azure.container_registry.anonymous_pull_disabled_test

import data.azure.container_registry.anonymous_pull_disabled

_resource(value) := {"resource": {"properties": {"anonymousPullEnabled": value}}}

test_denies_on if {
	some finding in anonymous_pull_disabled.deny with input as _resource(true)
	finding.path == "resource.properties.anonymousPullEnabled"
	finding.actual == true
	finding.expected == false
}

test_passes_off if {
	count(anonymous_pull_disabled.deny) == 0 with input as _resource(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(anonymous_pull_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
