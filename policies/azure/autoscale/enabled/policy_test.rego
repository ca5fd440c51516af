package azure.autoscale.enabled_test

import data.azure.autoscale.enabled

test_denies_a_setting_that_is_off if {
	some finding in enabled.deny with input as {"resource": {"properties": {"enabled": false}}}
	finding.path == "resource.properties.enabled"
	finding.actual == false
	finding.expected == true
}

test_denies_a_setting_that_says_nothing if count(enabled.deny) == 1 with input as {"resource": {"properties": {}}}

test_passes_a_setting_that_is_on if count(enabled.deny) == 0 with input as {"resource": {"properties": {"enabled": true}}}
