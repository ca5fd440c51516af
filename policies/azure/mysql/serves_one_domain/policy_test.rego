package azure.mysql.serves_one_domain_test

import data.azure.mysql.serves_one_domain

_server(domain) := {"context": {"domain": domain}}

_any := {"business_domains": []}

test_passes_one_name if {
	every domain in ["payments", "Retail-Banking", "risk_2", "0to9", "9to0", "a", "z"] {
		count(serves_one_domain.deny) == 0 with input as _server(domain) with data.parameters as _any
	}
}

test_passes_a_name_of_the_list_in_any_case if {
	count(serves_one_domain.deny) == 0 with input as _server("Payments") with data.parameters as {"business_domains": ["risk", "payments"]}
}

test_denies_a_missing_domain if {
	serves_one_domain.deny == {{
		"message": "no business domain is declared",
		"path": "context.domain",
		"actual": "",
		"expected": "one business domain",
	}} with input as {"context": {}} with data.parameters as _any
}

test_denies_an_empty_domain if count(serves_one_domain.deny) == 1 with input as _server("") with data.parameters as {"business_domains": ["payments"]}

test_denies_several_names if {
	every domain in ["payments,cards", "payments;cards", "payments/cards", "payments|cards", "payments cards", " payments"] {
		count(serves_one_domain.deny) == 1 with input as _server(domain) with data.parameters as {"business_domains": ["payments"]}
		some finding in serves_one_domain.deny with input as _server(domain) with data.parameters as {"business_domains": ["payments"]}
		finding.message
		finding.path == "context.domain"
		finding.actual == domain
		finding.expected == "one business domain"
		contains(finding.message, "more than one name")
	}
}

test_denies_a_malformed_name if {
	every domain in ["-payments", "_payments", "pay.ments", "payments\n"] {
		count(serves_one_domain.deny) == 1 with input as _server(domain) with data.parameters as {"business_domains": ["payments"]}
		some finding in serves_one_domain.deny with input as _server(domain) with data.parameters as _any
		finding.expected == "letters, digits, _ and -"
	}
}

test_denies_a_name_that_is_not_on_the_list if {
	count(serves_one_domain.deny) == 1 with input as _server("payments") with data.parameters as {"business_domains": ["cards", "risk"]}
	some finding in serves_one_domain.deny with input as _server("payments") with data.parameters as {"business_domains": ["cards", "risk"]}
	finding.message
	finding.path == "context.domain"
	finding.actual == "payments"
	finding.expected == "cards, risk"
}

test_denies_a_name_that_is_not_the_only_one_listed if {
	count(serves_one_domain.deny) == 1 with input as _server("payments") with data.parameters as {"business_domains": ["cards"]}
}
