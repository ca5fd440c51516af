package azure.databricks.nodes_monitored_test

import data.azure.databricks.nodes_monitored

_in(value) := {"resource": {"properties": {"enhancedSecurityCompliance": {"enhancedSecurityMonitoring": {"value": value}}}}}

test_denies_the_bad if {
	every value in ["Disabled", "DISABLED"] {
		some finding in nodes_monitored.deny with input as _in(value)
		finding.path == "resource.properties.enhancedSecurityCompliance.enhancedSecurityMonitoring.value"
		finding.actual == value
		finding.expected == "Enabled"
		count(nodes_monitored.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Enabled", "ENABLED"] {
		count(nodes_monitored.deny) == 0 with input as _in(value)
		count(nodes_monitored.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in nodes_monitored.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
	count(nodes_monitored.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(nodes_monitored.unknown) == 1 with input as _in("Otherwise")
	count(nodes_monitored.deny) == 0 with input as _in("Otherwise")
}
