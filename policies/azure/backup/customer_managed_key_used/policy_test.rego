package azure.backup.customer_managed_key_used_test

import data.azure.backup.customer_managed_key_used

_with(value) := {"resource": {"properties": {"securitySettings": {"encryptionSettings": {"state": value}}}}}

_required := {"customer_managed_key_required": true}

test_denies_the_wrong_value if {
	every value in ["Disabled", "DISABLED", "Inconsistent", "INCONSISTENT"] {
		some finding in customer_managed_key_used.deny with input as _with(value) with data.parameters as _required
		finding.path == "resource.properties.securitySettings.encryptionSettings.state"
		finding.actual == value
		finding.expected == "Enabled"
		count(customer_managed_key_used.unknown) == 0 with input as _with(value) with data.parameters as _required
	}
}

test_passes_the_right_value if {
	every value in ["Enabled", "ENABLED"] {
		count(customer_managed_key_used.deny) == 0 with input as _with(value) with data.parameters as _required
		count(customer_managed_key_used.unknown) == 0 with input as _with(value) with data.parameters as _required
		count(customer_managed_key_used.not_applicable) == 0 with input as _with(value) with data.parameters as _required
	}
}

test_other_value_is_unknown if {
	count(customer_managed_key_used.unknown) == 1 with input as _with("Maybe") with data.parameters as _required
	count(customer_managed_key_used.deny) == 0 with input as _with("Maybe") with data.parameters as _required
}

test_missing_value_is_disabled if {
	some finding in customer_managed_key_used.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.actual == "Disabled"
}

test_ignores_what_needs_no_such_setting if {
	count(customer_managed_key_used.not_applicable) == 1 with input as _with("Disabled") with data.parameters as {"customer_managed_key_required": false}
}
