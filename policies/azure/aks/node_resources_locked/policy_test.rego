package azure.aks.node_resources_locked_test

import data.azure.aks.node_resources_locked

_in(value) := {"resource": {"properties": {"nodeResourceGroupProfile": {"restrictionLevel": value}}}}

test_denies_the_bad if {
	every value in ["Unrestricted", "UNRESTRICTED"] {
		some finding in node_resources_locked.deny with input as _in(value)
		finding.path == "resource.properties.nodeResourceGroupProfile.restrictionLevel"
		finding.actual == value
		finding.expected == "ReadOnly"
		count(node_resources_locked.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["ReadOnly", "READONLY"] {
		count(node_resources_locked.deny) == 0 with input as _in(value)
		count(node_resources_locked.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in node_resources_locked.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Unrestricted"
	count(node_resources_locked.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(node_resources_locked.unknown) == 1 with input as _in("Otherwise")
	count(node_resources_locked.deny) == 0 with input as _in("Otherwise")
}
