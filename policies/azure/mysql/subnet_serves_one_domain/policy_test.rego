package azure.mysql.subnet_serves_one_domain_test

import data.azure.mysql.subnet_serves_one_domain

_users(names, undeclared) := {
	"count": count(names) + undeclared,
	"domains": {name: {"count": 1, "examples": []} | some name in names},
	"undeclared": {"count": undeclared, "examples": []},
}

_server(names, undeclared) := {"resource": {"properties": {"network": {"delegatedSubnetResourceId": "/subscriptions/s/snet-mysql-payments"}}}, "related": {"subnet_users": _users(names, undeclared)}}

test_passes_one_domain if {
	count(subnet_serves_one_domain.deny) == 0 with input as _server(["payments"], 0)
	count(subnet_serves_one_domain.unknown) == 0 with input as _server(["payments"], 0)
	count(subnet_serves_one_domain.not_applicable) == 0 with input as _server(["payments"], 0)
}

test_denies_two_domains if {
	count(subnet_serves_one_domain.deny) == 1 with input as _server(["payments", "cards"], 0)
	some finding in subnet_serves_one_domain.deny with input as _server(["payments", "cards"], 0)
	finding.message
	finding.path == "related.subnet_users"
	finding.actual == "cards, payments"
	finding.expected == "one business domain"
	count(subnet_serves_one_domain.unknown) == 0 with input as _server(["payments", "cards"], 0)
}

test_two_domains_and_an_undeclared_user_is_denied if count(subnet_serves_one_domain.deny) == 1 with input as _server(["payments", "cards"], 1)

test_undeclared_user_is_unknown if {
	every names in [["payments"], []] {
		count(subnet_serves_one_domain.unknown) == 1 with input as _server(names, 1)
		count(subnet_serves_one_domain.deny) == 0 with input as _server(names, 1)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_missing_users if {
	count(subnet_serves_one_domain.deny) == 0 with input as {"resource": {"properties": {"network": {"delegatedSubnetResourceId": "/subscriptions/s/snet-mysql-payments"}}}}
	count(subnet_serves_one_domain.unknown) == 0 with input as {"resource": {"properties": {"network": {"delegatedSubnetResourceId": "/subscriptions/s/snet-mysql-payments"}}}}
}

test_not_applicable_without_a_subnet if {
	count(subnet_serves_one_domain.not_applicable) == 1 with input as {"resource": {"properties": {"network": {"delegatedSubnetResourceId": ""}}}}
	count(subnet_serves_one_domain.not_applicable) == 1 with input as {"resource": {"properties": {}}}
}
