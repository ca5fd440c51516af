package azure.aks.container_logs_collected_test

import data.azure.aks.container_logs_collected

_resource(value) := {"resource": {"properties": {"addonProfiles": {"omsagent": {"enabled": value}}}}}

test_denies_off if {
	some finding in container_logs_collected.deny with input as _resource(false)
	finding.path == "resource.properties.addonProfiles.omsagent.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(container_logs_collected.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in container_logs_collected.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
