package azure.recovery_services.soft_delete_irreversible_test

import data.azure.recovery_services.soft_delete_irreversible

_with(value) := {"resource": {"properties": {"securitySettings": {"softDeleteSettings": {"softDeleteState": value}}}}}

test_denies_the_wrong_value if {
	every value in ["Enabled", "ENABLED", "Disabled", "DISABLED"] {
		some finding in soft_delete_irreversible.deny with input as _with(value)
		finding.path == "resource.properties.securitySettings.softDeleteSettings.softDeleteState"
		finding.actual == value
		finding.expected == "AlwaysON"
		count(soft_delete_irreversible.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["AlwaysON", "ALWAYSON"] {
		count(soft_delete_irreversible.deny) == 0 with input as _with(value)
		count(soft_delete_irreversible.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(soft_delete_irreversible.unknown) == 1 with input as _with("Maybe")
	count(soft_delete_irreversible.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(soft_delete_irreversible.deny) == 0 with input as {"resource": {"properties": {}}}
	count(soft_delete_irreversible.unknown) == 0 with input as {"resource": {"properties": {}}}
}
