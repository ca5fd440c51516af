package azure.mysql.databases_of_one_domain_test

import data.azure.mysql.databases_of_one_domain

_server(names) := {
	"context": {"domain": "Payments"},
	"children": {"databases": {name: {"name": name} | some name in names}},
}

_none := {"database_names_exempt": []}

test_passes_names_of_the_domain if {
	server := _server(["payments", "PAYMENTS_ledger", "payments-archive", "mysql"])
	count(databases_of_one_domain.deny) == 0 with input as server with data.parameters as _none
	count(databases_of_one_domain.unknown) == 0 with input as server with data.parameters as _none
	count(databases_of_one_domain.not_applicable) == 0 with input as server with data.parameters as _none
}

test_server_with_system_databases_only_is_not_judged if {
	server := _server(["information_schema", "mysql", "performance_schema", "sys", "MYSQL"])
	count(databases_of_one_domain.not_applicable) == 1 with input as server with data.parameters as _none
	count(databases_of_one_domain.not_applicable) == 1 with input as _server([]) with data.parameters as _none
	count(databases_of_one_domain.deny) == 0 with input as server with data.parameters as _none
}

test_denies_another_domain if {
	server := _server(["payments", "cards_ledger", "mysql"])
	count(databases_of_one_domain.deny) == 1 with input as server with data.parameters as _none
	some finding in databases_of_one_domain.deny with input as server with data.parameters as _none
	finding.message
	finding.path == "children.databases.*.name"
	finding.actual == "cards_ledger"
	finding.expected == "payments, payments_... or payments-..."
}

test_denies_each_database if {
	count(databases_of_one_domain.deny) == 2 with input as _server(["payments", "cards", "risk"]) with data.parameters as _none
}

test_denies_a_longer_word if {
	count(databases_of_one_domain.deny) == 1 with input as _server(["paymentsarchive"]) with data.parameters as _none
}

test_exempt_names_pass_in_any_case if {
	count(databases_of_one_domain.deny) == 0 with input as _server(["FlywayHistory"]) with data.parameters as {"database_names_exempt": ["flywayhistory"]}
	count(databases_of_one_domain.deny) == 1 with input as _server(["FlywayHistory"]) with data.parameters as _none
}

test_empty_domain_is_unknown if {
	server := {"context": {"domain": ""}, "children": {"databases": {"cards": {"name": "cards"}}}}
	count(databases_of_one_domain.unknown) == 1 with input as server with data.parameters as _none
	count(databases_of_one_domain.deny) == 0 with input as server with data.parameters as _none
}

test_says_nothing_without_databases if {
	count(databases_of_one_domain.deny) == 0 with input as {"context": {"domain": "payments"}} with data.parameters as _none
	count(databases_of_one_domain.not_applicable) == 0 with input as {"context": {"domain": "payments"}} with data.parameters as _none
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_without_a_domain if {
	server := {"context": {}, "children": {"databases": {"cards": {"name": "cards"}}}}
	count(databases_of_one_domain.deny) == 0 with input as server with data.parameters as _none
}
