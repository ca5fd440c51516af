package azure.data_explorer.zones_in_force_test

import data.azure.data_explorer.zones_in_force

_in(value) := {"resource": {"properties": {"zoneStatus": value}}}

test_denies_the_bad if {
	every value in ["NonZonal", "ZonalInconsistency", "NONZONAL", "ZONALINCONSISTENCY"] {
		some finding in zones_in_force.deny with input as _in(value)
		finding.path == "resource.properties.zoneStatus"
		finding.actual == value
		finding.expected == "Zonal"
		count(zones_in_force.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Zonal", "ZONAL"] {
		count(zones_in_force.deny) == 0 with input as _in(value)
		count(zones_in_force.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(zones_in_force.deny) == 0 with input as {"resource": {"properties": {}}}
	count(zones_in_force.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(zones_in_force.unknown) == 1 with input as _in("Otherwise")
	count(zones_in_force.deny) == 0 with input as _in("Otherwise")
}
