package azure.postgresql.azure_services_not_admitted_test

import data.azure.postgresql.azure_services_not_admitted

_rule(first) := {"resource": {"properties": {"startIpAddress": first}}}

test_denies_azure if {
	some finding in azure_services_not_admitted.deny with input as _rule("0.0.0.0")
	finding.path == "resource.properties.startIpAddress"
	finding.actual == "0.0.0.0"
	finding.expected == "an address of the firm"
}

test_passes_an_address if count(azure_services_not_admitted.deny) == 0 with input as _rule("203.0.113.10")

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_address if count(azure_services_not_admitted.deny) == 0 with input as {"resource": {"properties": {}}}
