package azure.postgresql.entra_authentication_enabled_test

import data.azure.postgresql.entra_authentication_enabled

_server(entra) := {"resource": {"properties": {"authConfig": {"activeDirectoryAuth": entra}}}}

test_denies_disabled if {
	some finding in entra_authentication_enabled.deny with input as _server("disabled")
	finding.path == "resource.properties.authConfig.activeDirectoryAuth"
	finding.actual == "disabled"
	finding.expected == "Enabled"
	count(entra_authentication_enabled.unknown) == 0 with input as _server("disabled")
}

test_missing_setting_is_disabled if {
	every server in [{"resource": {"properties": {}}}, {"resource": {"properties": {"authConfig": {"passwordAuth": "Enabled"}}}}] {
		some finding in entra_authentication_enabled.deny with input as server
		finding.actual == "Disabled"
	}
}

test_passes_enabled if {
	every entra in ["Enabled", "ENABLED"] {
		count(entra_authentication_enabled.deny) == 0 with input as _server(entra)
		count(entra_authentication_enabled.unknown) == 0 with input as _server(entra)
	}
}

test_other_value_is_unknown if {
	count(entra_authentication_enabled.unknown) == 1 with input as _server("Preview")
	count(entra_authentication_enabled.deny) == 0 with input as _server("Preview")
}
