package azure.aks.workload_identity_enabled_test

import data.azure.aks.workload_identity_enabled

_in(value) := {"resource": {"properties": {"securityProfile": {"workloadIdentity": {"enabled": value}}}}}

test_denies_the_bad if {
	some finding in workload_identity_enabled.deny with input as _in(false)
	finding.path == "resource.properties.securityProfile.workloadIdentity.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(workload_identity_enabled.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(workload_identity_enabled.deny) == 1 with input as {"resource": {"properties": {}}}
