package azure.postgresql.databases_of_one_domain_test

import data.azure.postgresql.databases_of_one_domain

server(domain, names) := {
	"children": {"databases": {name: {"name": name} | some name in names}},
	"context": {"domain": domain},
}

strict := {"database_names_exempt": []}

test_denies_a_database_of_another_domain if {
	mixed := server("payments", ["payments", "risk_scores"])
	some f in databases_of_one_domain.deny with input as mixed with data.parameters as strict
	f.path == "children.databases.*.name"
	f.actual == "risk_scores"
	f.expected == "payments, payments_... or payments-..."
	f.message == "the database risk_scores does not belong to the domain payments by its name"
	count(databases_of_one_domain.deny) == 1 with input as mixed with data.parameters as strict
}

test_denies_each_foreign_database if {
	count(databases_of_one_domain.deny) == 2 with input as server("payments", ["cards", "risk"]) with data.parameters as strict
}

test_denies_a_name_that_only_starts_like_the_domain if {
	count(databases_of_one_domain.deny) == 1 with input as server("pay", ["payments"]) with data.parameters as strict
}

test_passes_the_three_forms if {
	pure := server("Payments", ["payments", "PAYMENTS_ledger", "payments-archive"])
	count(databases_of_one_domain.deny) == 0 with input as pure with data.parameters as strict
	count(databases_of_one_domain.unknown) == 0 with input as pure with data.parameters as strict
	count(databases_of_one_domain.not_applicable) == 0 with input as pure with data.parameters as strict
}

test_system_databases_are_skipped if {
	system := server("payments", ["payments", "azure_maintenance", "Azure_Sys", "postgres"])
	count(databases_of_one_domain.deny) == 0 with input as system with data.parameters as strict
}

test_exempt_database_is_skipped if {
	legacy := server("payments", ["payments", "Legacy01"])
	count(databases_of_one_domain.deny) == 0 with input as legacy with data.parameters as {"database_names_exempt": ["legacy01"]}
	count(databases_of_one_domain.not_applicable) == 0 with input as legacy with data.parameters as {"database_names_exempt": ["legacy01"]}
	count(databases_of_one_domain.deny) == 1 with input as legacy with data.parameters as strict
}

test_server_with_system_databases_only_is_not_judged if {
	some reason in databases_of_one_domain.not_applicable with input as server("payments", ["postgres"]) with data.parameters as strict
	reason == "the server holds no database of its own"
}

test_missing_databases_are_left_to_the_engine if {
	bare := {"context": {"domain": "payments"}}
	count(databases_of_one_domain.deny) == 0 with input as bare with data.parameters as strict
	count(databases_of_one_domain.not_applicable) == 0 with input as bare with data.parameters as strict
}

test_missing_domain_is_left_to_the_engine if {
	nameless := {"children": {"databases": {"risk": {"name": "risk"}}}, "context": {}}
	count(databases_of_one_domain.deny) == 0 with input as nameless with data.parameters as strict
}

test_empty_domain_is_unknown if {
	databases_of_one_domain.unknown == {"the server names an empty business domain"} with input as server("", ["payments"]) with data.parameters as strict
	count(databases_of_one_domain.deny) == 0 with input as server("", ["payments"]) with data.parameters as strict
}
