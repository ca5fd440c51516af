package azure.databricks.storage_firewall_enabled_test

import data.azure.databricks.storage_firewall_enabled

_resource(value) := {"resource": {"properties": {"defaultStorageFirewall": value}}}

test_denies if {
	every value in ["DISABLED", "Disabled", "disabled"] {
		some finding in storage_firewall_enabled.deny with input as _resource(value)
		finding.path == "resource.properties.defaultStorageFirewall"
		finding.actual == value
		finding.expected == "Enabled"
		count(storage_firewall_enabled.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENABLED", "Enabled"] {
		count(storage_firewall_enabled.deny) == 0 with input as _resource(value)
		count(storage_firewall_enabled.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in storage_firewall_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(storage_firewall_enabled.unknown) == 1 with input as _resource("Legacy")
	count(storage_firewall_enabled.deny) == 0 with input as _resource("Legacy")
}
