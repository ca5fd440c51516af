package azure.backup.soft_delete_enabled_test

import data.azure.backup.soft_delete_enabled

_with(value) := {"resource": {"properties": {"securitySettings": {"softDeleteSettings": {"state": value}}}}}

test_denies_the_wrong_value if {
	every value in ["Off", "OFF"] {
		some finding in soft_delete_enabled.deny with input as _with(value)
		finding.path == "resource.properties.securitySettings.softDeleteSettings.state"
		finding.actual == value
		finding.expected == "On or AlwaysOn"
		count(soft_delete_enabled.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["AlwaysOn", "ALWAYSON", "On", "ON"] {
		count(soft_delete_enabled.deny) == 0 with input as _with(value)
		count(soft_delete_enabled.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(soft_delete_enabled.unknown) == 1 with input as _with("Maybe")
	count(soft_delete_enabled.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_right if {
	count(soft_delete_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(soft_delete_enabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}
