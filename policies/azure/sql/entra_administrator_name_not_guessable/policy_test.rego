package azure.sql.entra_administrator_name_not_guessable_test

import data.azure.sql.entra_administrator_name_not_guessable

_server(name) := {"resource": {"properties": {"administrators": {"login": name}}}}

_refused := {"administrator_names_refused": ["admin", "root"]}

test_denies_a_name_that_is_guessed if {
	every name in ["admin", "Admin", "root", " root "] {
		some finding in entra_administrator_name_not_guessable.deny with input as _server(name) with data.parameters as _refused
		finding.path == "resource.properties.administrators.login"
		finding.actual == name
		finding.expected == "a name that is not guessed first"
		count(entra_administrator_name_not_guessable.unknown) == 0 with input as _server(name)
	}
}

test_passes_another_name if {
	every name in ["paymentsdbo", "administrator-of-payments"] {
		count(entra_administrator_name_not_guessable.deny) == 0 with input as _server(name) with data.parameters as _refused
		count(entra_administrator_name_not_guessable.unknown) == 0 with input as _server(name)
	}
}

test_parameter_decides if count(entra_administrator_name_not_guessable.deny) == 0 with input as _server("admin") with data.parameters as {"administrator_names_refused": []}

test_empty_name_is_unknown if {
	every name in ["", "  "] {
		count(entra_administrator_name_not_guessable.unknown) == 1 with input as _server(name)
	}
}

test_ignores_a_missing_name if {
	some reason in entra_administrator_name_not_guessable.not_applicable with input as {"resource": {"properties": {}}} with data.parameters as _refused
	reason == "the server shows no Entra administrator"
	count(entra_administrator_name_not_guessable.not_applicable) == 0 with input as _server("paymentsdbo") with data.parameters as _refused
}
