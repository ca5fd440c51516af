package azure.estate.database_serves_one_domain_test

import data.azure.estate.database_serves_one_domain

server(domain) := {"context": {"domain": domain}}

any := {"business_domains": []}

listed := {"business_domains": ["payments", "risk"]}

test_denies_a_server_without_domain if {
	database_serves_one_domain.deny == {{
		"message": "no business domain is declared",
		"path": "context.domain",
		"actual": "",
		"expected": "one business domain",
	}} with input as {"context": {}} with data.parameters as any
}

test_denies_an_empty_domain if {
	database_serves_one_domain.deny == {{
		"message": "no business domain is declared",
		"path": "context.domain",
		"actual": "",
		"expected": "one business domain",
	}} with input as server("") with data.parameters as listed
}

# Two names in one value, whatever stands between them, are one finding.
denies_several(text) if {
	found := database_serves_one_domain.deny with input as server(text) with data.parameters as listed
	count(found) == 1
	some f in found
	f.message == sprintf("the domain %q is more than one name", [text])
	f.path == "context.domain"
	f.actual == text
	f.expected == "one business domain"
}

test_denies_two_names_with_comma if denies_several("payments,risk")

test_denies_two_names_with_semicolon if denies_several("payments;risk")

test_denies_two_names_with_slash if denies_several("payments/risk")

test_denies_two_names_with_bar if denies_several("payments|risk")

test_denies_two_names_with_space if denies_several("payments risk")

test_denies_a_malformed_name if {
	database_serves_one_domain.deny == {{
		"message": "the domain \"_payments\" is not a well-formed name",
		"path": "context.domain",
		"actual": "_payments",
		"expected": "letters, digits, _ and -",
	}} with input as server("_payments") with data.parameters as listed
}

test_denies_a_name_with_other_signs if {
	count(database_serves_one_domain.deny) == 1 with input as server("pay.ments") with data.parameters as any
}

test_denies_a_domain_that_is_not_listed if {
	database_serves_one_domain.deny == {{
		"message": "the domain \"treasury\" is not one of the firm's",
		"path": "context.domain",
		"actual": "treasury",
		"expected": "payments, risk",
	}} with input as server("treasury") with data.parameters as listed
}

test_passes_a_listed_domain if count(database_serves_one_domain.deny) == 0 with input as server("payments") with data.parameters as listed

test_passes_a_single_listed_domain if {
	count(database_serves_one_domain.deny) == 0 with input as server("risk") with data.parameters as {"business_domains": ["risk"]}
	count(database_serves_one_domain.deny) == 1 with input as server("cards") with data.parameters as {"business_domains": ["risk"]}
}

test_case_of_the_domain_does_not_matter if count(database_serves_one_domain.deny) == 0 with input as server("Payments") with data.parameters as listed

test_empty_list_accepts_any_single_name if {
	count(database_serves_one_domain.deny) == 0 with input as server("card-issuing_2") with data.parameters as any
	count(database_serves_one_domain.deny) == 0 with input as server("0to9") with data.parameters as any
	count(database_serves_one_domain.deny) == 0 with input as server("9to0") with data.parameters as any
}
