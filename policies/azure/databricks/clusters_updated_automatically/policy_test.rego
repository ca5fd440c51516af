package azure.databricks.clusters_updated_automatically_test

import data.azure.databricks.clusters_updated_automatically

_in(value) := {"resource": {"properties": {"enhancedSecurityCompliance": {"automaticClusterUpdate": {"value": value}}}}}

test_denies_the_bad if {
	every value in ["Disabled", "DISABLED"] {
		some finding in clusters_updated_automatically.deny with input as _in(value)
		finding.path == "resource.properties.enhancedSecurityCompliance.automaticClusterUpdate.value"
		finding.actual == value
		finding.expected == "Enabled"
		count(clusters_updated_automatically.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Enabled", "ENABLED"] {
		count(clusters_updated_automatically.deny) == 0 with input as _in(value)
		count(clusters_updated_automatically.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in clusters_updated_automatically.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
	count(clusters_updated_automatically.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(clusters_updated_automatically.unknown) == 1 with input as _in("Otherwise")
	count(clusters_updated_automatically.deny) == 0 with input as _in("Otherwise")
}
