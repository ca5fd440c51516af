package azure.postgresql.maintenance_window_chosen_test

import data.azure.postgresql.maintenance_window_chosen

_in(value) := {"resource": {"properties": {"maintenanceWindow": {"customWindow": value}}}}

test_denies_the_bad if {
	every value in ["Disabled", "DISABLED"] {
		some finding in maintenance_window_chosen.deny with input as _in(value)
		finding.path == "resource.properties.maintenanceWindow.customWindow"
		finding.actual == value
		finding.expected == "Enabled"
		count(maintenance_window_chosen.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Enabled", "ENABLED"] {
		count(maintenance_window_chosen.deny) == 0 with input as _in(value)
		count(maintenance_window_chosen.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in maintenance_window_chosen.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
	count(maintenance_window_chosen.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(maintenance_window_chosen.unknown) == 1 with input as _in("Otherwise")
	count(maintenance_window_chosen.deny) == 0 with input as _in("Otherwise")
}
