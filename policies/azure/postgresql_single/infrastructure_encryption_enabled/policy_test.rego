package azure.postgresql_single.infrastructure_encryption_enabled_test

import data.azure.postgresql_single.infrastructure_encryption_enabled

_server(value) := {"resource": {"properties": {"infrastructureEncryption": value}}}

test_denies_what_is_bad if {
	every value in ["Disabled", "DISABLED", "disabled"] {
		some finding in infrastructure_encryption_enabled.deny with input as _server(value)
		finding.path == "resource.properties.infrastructureEncryption"
		finding.actual == value
		finding.expected == "Enabled"
		count(infrastructure_encryption_enabled.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["Enabled", "ENABLED", "enabled"] {
		count(infrastructure_encryption_enabled.deny) == 0 with input as _server(value)
		count(infrastructure_encryption_enabled.unknown) == 0 with input as _server(value)
	}
}

test_missing_setting_is_disabled if {
	some finding in infrastructure_encryption_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(infrastructure_encryption_enabled.unknown) == 1 with input as _server("Novelty")
	count(infrastructure_encryption_enabled.deny) == 0 with input as _server("Novelty")
}
