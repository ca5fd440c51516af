package azure.postgresql.password_authentication_disabled_test

import data.azure.postgresql.password_authentication_disabled

_server(password) := {"resource": {"properties": {"authConfig": {"passwordAuth": password}}}}

test_denies_enabled if {
	some finding in password_authentication_disabled.deny with input as _server("enabled")
	finding.path == "resource.properties.authConfig.passwordAuth"
	finding.actual == "enabled"
	finding.expected == "Disabled"
	count(password_authentication_disabled.unknown) == 0 with input as _server("enabled")
}

test_missing_setting_is_enabled if {
	every server in [{"resource": {"properties": {}}}, {"resource": {"properties": {"authConfig": {"activeDirectoryAuth": "Enabled"}}}}] {
		some finding in password_authentication_disabled.deny with input as server
		finding.actual == "Enabled"
	}
}

test_passes_disabled if {
	every password in ["Disabled", "DISABLED"] {
		count(password_authentication_disabled.deny) == 0 with input as _server(password)
		count(password_authentication_disabled.unknown) == 0 with input as _server(password)
	}
}

test_other_value_is_unknown if {
	count(password_authentication_disabled.unknown) == 1 with input as _server("Legacy")
	count(password_authentication_disabled.deny) == 0 with input as _server("Legacy")
}
