package azure.postgresql.subnet_serves_one_domain_test

import data.azure.postgresql.subnet_serves_one_domain

none := {"count": 0, "examples": []}

some_users := {"count": 1, "examples": []}

subnet := "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-network-weu/providers/Microsoft.Network/virtualNetworks/vnet-weu/subnets/snet-payments-pg"

server(names, undeclared) := {
	"resource": {"properties": {"network": {"delegatedSubnetResourceId": subnet}}},
	"related": {"subnet_users": {"count": 2, "domains": {name: some_users | some name in names}, "undeclared": undeclared}},
}

test_denies_a_shared_subnet if {
	subnet_serves_one_domain.deny == {{
		"message": "the subnet is shared by the business domains payments, risk",
		"path": "related.subnet_users",
		"actual": "payments, risk",
		"expected": "one business domain",
	}} with input as server(["risk", "payments"], none)
}

test_denies_a_shared_subnet_with_undeclared_users if {
	count(subnet_serves_one_domain.deny) == 1 with input as server(["risk", "payments"], some_users)
}

test_passes_one_domain if {
	count(subnet_serves_one_domain.deny) == 0 with input as server(["payments"], none)
	count(subnet_serves_one_domain.unknown) == 0 with input as server(["payments"], none)
	count(subnet_serves_one_domain.not_applicable) == 0 with input as server(["payments"], none)
}

test_undeclared_user_is_unknown if {
	subnet_serves_one_domain.unknown == {"1 users of the subnet name no business domain"} with input as server(["payments"], some_users)
	count(subnet_serves_one_domain.deny) == 0 with input as server(["payments"], some_users)
}

test_missing_users_are_left_to_the_engine if {
	bare := {"resource": {"properties": {"network": {"delegatedSubnetResourceId": subnet}}}, "related": {}}
	count(subnet_serves_one_domain.deny) == 0 with input as bare
	count(subnet_serves_one_domain.unknown) == 0 with input as bare
	count(subnet_serves_one_domain.not_applicable) == 0 with input as bare
}

test_server_without_subnet_is_not_judged if {
	public := {"resource": {"properties": {"network": {"publicNetworkAccess": "Disabled"}}}, "related": {}}
	some reason in subnet_serves_one_domain.not_applicable with input as public
	reason == "the server is not placed in a delegated subnet"
}

test_empty_subnet_is_not_judged if {
	count(subnet_serves_one_domain.not_applicable) == 1 with input as {"resource": {"properties": {"network": {"delegatedSubnetResourceId": ""}}}, "related": {}}
}
