package azure.aks.defender_enabled_test

import data.azure.aks.defender_enabled

_resource(value) := {"resource": {"properties": {"securityProfile": {"defender": {"securityMonitoring": {"enabled": value}}}}}}

test_denies_off if {
	some finding in defender_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.securityProfile.defender.securityMonitoring.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(defender_enabled.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in defender_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
