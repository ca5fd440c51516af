package azure.managed_hsm.pool_activated_test

import data.azure.managed_hsm.pool_activated

_in(value) := {"resource": {"properties": {"securityDomainProperties": {"activationStatus": value}}}}

test_denies_the_bad if {
	every value in ["NotActivated", "Failed", "NOTACTIVATED", "FAILED"] {
		some finding in pool_activated.deny with input as _in(value)
		finding.path == "resource.properties.securityDomainProperties.activationStatus"
		finding.actual == value
		finding.expected == "Active"
		count(pool_activated.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Active", "ACTIVE"] {
		count(pool_activated.deny) == 0 with input as _in(value)
		count(pool_activated.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(pool_activated.deny) == 0 with input as {"resource": {"properties": {}}}
	count(pool_activated.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(pool_activated.unknown) == 1 with input as _in("Otherwise")
	count(pool_activated.deny) == 0 with input as _in("Otherwise")
}
