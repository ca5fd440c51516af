package azure.cosmos.mongo_cluster_data_interface_disabled_test

import data.azure.cosmos.mongo_cluster_data_interface_disabled

_in(value) := {"resource": {"properties": {"dataApi": {"mode": value}}}}

test_denies_the_bad if {
	every value in ["Enabled", "ENABLED"] {
		some finding in mongo_cluster_data_interface_disabled.deny with input as _in(value)
		finding.path == "resource.properties.dataApi.mode"
		finding.actual == value
		finding.expected == "Disabled"
		count(mongo_cluster_data_interface_disabled.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Disabled", "DISABLED"] {
		count(mongo_cluster_data_interface_disabled.deny) == 0 with input as _in(value)
		count(mongo_cluster_data_interface_disabled.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_good if {
	count(mongo_cluster_data_interface_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(mongo_cluster_data_interface_disabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(mongo_cluster_data_interface_disabled.unknown) == 1 with input as _in("Otherwise")
	count(mongo_cluster_data_interface_disabled.deny) == 0 with input as _in("Otherwise")
}
