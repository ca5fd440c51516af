package azure.storage.secure_transfer_required_test

import data.azure.storage.secure_transfer_required

_account(value) := {"resource": {"properties": {"supportsHttpsTrafficOnly": value}}}

test_denies_false if {
	some finding in secure_transfer_required.deny with input as _account(false)
	finding.path == "resource.properties.supportsHttpsTrafficOnly"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(secure_transfer_required.deny) == 0 with input as _account(true)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(secure_transfer_required.deny) == 0 with input as {"resource": {"properties": {}}}
