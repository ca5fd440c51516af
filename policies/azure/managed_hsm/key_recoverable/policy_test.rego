package azure.managed_hsm.key_recoverable_test

import data.azure.managed_hsm.key_recoverable

_in(value) := {"resource": {"properties": {"attributes": {"recoveryLevel": value}}}}

test_denies_the_bad if {
	every value in ["Purgeable", "Recoverable+Purgeable", "PURGEABLE", "RECOVERABLE+PURGEABLE"] {
		some finding in key_recoverable.deny with input as _in(value)
		finding.path == "resource.properties.attributes.recoveryLevel"
		finding.actual == value
		finding.expected == "Recoverable"
		count(key_recoverable.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Recoverable", "Recoverable+ProtectedSubscription", "RECOVERABLE", "RECOVERABLE+PROTECTEDSUBSCRIPTION"] {
		count(key_recoverable.deny) == 0 with input as _in(value)
		count(key_recoverable.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(key_recoverable.deny) == 0 with input as {"resource": {"properties": {}}}
	count(key_recoverable.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(key_recoverable.unknown) == 1 with input as _in("Otherwise")
	count(key_recoverable.deny) == 0 with input as _in("Otherwise")
}
