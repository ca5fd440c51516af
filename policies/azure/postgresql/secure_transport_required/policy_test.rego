package azure.postgresql.secure_transport_required_test

import data.azure.postgresql.secure_transport_required

_server(value) := {"children": {"configurations": {"require_secure_transport": {"properties": {"value": value}}}}}

test_denies_off if {
	some finding in secure_transport_required.deny with input as _server("off")
	finding.path == "children.configurations.require_secure_transport.properties.value"
	finding.actual == "off"
	finding.expected == "on"
	count(secure_transport_required.unknown) == 0 with input as _server("off")
}

test_denies_upper_case_off if count(secure_transport_required.deny) == 1 with input as _server("OFF")

test_passes_on if {
	count(secure_transport_required.deny) == 0 with input as _server("on")
	count(secure_transport_required.unknown) == 0 with input as _server("on")
}

test_passes_upper_case_on if {
	count(secure_transport_required.deny) == 0 with input as _server("ON")
	count(secure_transport_required.unknown) == 0 with input as _server("ON")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_parameter if {
	count(secure_transport_required.deny) == 0 with input as {"children": {"configurations": {}}}
	count(secure_transport_required.unknown) == 0 with input as {"children": {"configurations": {}}}
}

test_other_value_is_unknown if {
	count(secure_transport_required.unknown) == 1 with input as _server("prefer")
	count(secure_transport_required.deny) == 0 with input as _server("prefer")
}
