package azure.app_service.encrypted_to_the_worker_test

import data.azure.app_service.encrypted_to_the_worker

_in(value) := {"resource": {"properties": {"endToEndEncryptionEnabled": value}}}

test_denies_the_bad if {
	some finding in encrypted_to_the_worker.deny with input as _in(false)
	finding.path == "resource.properties.endToEndEncryptionEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(encrypted_to_the_worker.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(encrypted_to_the_worker.deny) == 1 with input as {"resource": {"properties": {}}}
