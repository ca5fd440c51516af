package azure.postgresql.storage_grows_automatically_test

import data.azure.postgresql.storage_grows_automatically

_in(value) := {"resource": {"properties": {"storage": {"autoGrow": value}}}}

test_denies_the_bad if {
	every value in ["Disabled", "DISABLED"] {
		some finding in storage_grows_automatically.deny with input as _in(value)
		finding.path == "resource.properties.storage.autoGrow"
		finding.actual == value
		finding.expected == "Enabled"
		count(storage_grows_automatically.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Enabled", "ENABLED"] {
		count(storage_grows_automatically.deny) == 0 with input as _in(value)
		count(storage_grows_automatically.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in storage_grows_automatically.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
	count(storage_grows_automatically.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(storage_grows_automatically.unknown) == 1 with input as _in("Otherwise")
	count(storage_grows_automatically.deny) == 0 with input as _in("Otherwise")
}
