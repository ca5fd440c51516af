package azure.sql_managed_instance.administrator_name_not_guessable_test

import data.azure.sql_managed_instance.administrator_name_not_guessable

_server(name) := {"resource": {"properties": {"administratorLogin": name}}}

_refused := {"administrator_names_refused": ["admin", "root"]}

test_denies_a_name_that_is_guessed if {
	every name in ["admin", "Admin", "root", " root "] {
		some finding in administrator_name_not_guessable.deny with input as _server(name) with data.parameters as _refused
		finding.path == "resource.properties.administratorLogin"
		finding.actual == name
		finding.expected == "a name that is not guessed first"
		count(administrator_name_not_guessable.unknown) == 0 with input as _server(name)
	}
}

test_passes_another_name if {
	every name in ["paymentsdbo", "administrator-of-payments"] {
		count(administrator_name_not_guessable.deny) == 0 with input as _server(name) with data.parameters as _refused
		count(administrator_name_not_guessable.unknown) == 0 with input as _server(name)
	}
}

test_parameter_decides if count(administrator_name_not_guessable.deny) == 0 with input as _server("admin") with data.parameters as {"administrator_names_refused": []}

test_empty_name_is_unknown if {
	every name in ["", "  "] {
		count(administrator_name_not_guessable.unknown) == 1 with input as _server(name)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_name if count(administrator_name_not_guessable.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _refused
