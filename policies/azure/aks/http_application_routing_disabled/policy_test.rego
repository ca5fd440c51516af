package azure.aks.http_application_routing_disabled_test

import data.azure.aks.http_application_routing_disabled

_resource(value) := {"resource": {"properties": {"addonProfiles": {"httpApplicationRouting": {"enabled": value}}}}}

test_denies_on if {
	some finding in http_application_routing_disabled.deny with input as _resource(true)
	finding.path == "resource.properties.addonProfiles.httpApplicationRouting.enabled"
	finding.actual == true
	finding.expected == false
}

test_passes_off if {
	count(http_application_routing_disabled.deny) == 0 with input as _resource(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(http_application_routing_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
