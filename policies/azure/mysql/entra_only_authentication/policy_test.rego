package azure.mysql.entra_only_authentication_test

import data.azure.mysql.entra_only_authentication

_server(value) := {"children": {"configurations": {"aad_auth_only": {"properties": {"value": value}}}}}

test_denies_off if {
	some finding in entra_only_authentication.deny with input as _server("OFF")
	finding.message
	finding.path == "children.configurations.aad_auth_only.properties.value"
	finding.actual == "OFF"
	finding.expected == "ON"
	count(entra_only_authentication.unknown) == 0 with input as _server("OFF")
}

test_denies_lower_case_off if count(entra_only_authentication.deny) == 1 with input as _server("off")

test_passes_on if {
	count(entra_only_authentication.deny) == 0 with input as _server("ON")
	count(entra_only_authentication.unknown) == 0 with input as _server("ON")
}

test_passes_lower_case_on if {
	count(entra_only_authentication.deny) == 0 with input as _server("on")
	count(entra_only_authentication.unknown) == 0 with input as _server("on")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_parameter if {
	count(entra_only_authentication.deny) == 0 with input as {"children": {"configurations": {}}}
	count(entra_only_authentication.unknown) == 0 with input as {"children": {"configurations": {}}}
}

test_other_value_is_unknown if {
	count(entra_only_authentication.unknown) == 1 with input as _server("MIXED")
	count(entra_only_authentication.deny) == 0 with input as _server("MIXED")
}
