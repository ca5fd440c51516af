package azure.aks.policy_addon_enabled_test

import data.azure.aks.policy_addon_enabled

_resource(value) := {"resource": {"properties": {"addonProfiles": {"azurepolicy": {"enabled": value}}}}}

test_denies_off if {
	some finding in policy_addon_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.addonProfiles.azurepolicy.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(policy_addon_enabled.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in policy_addon_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
