package azure.network.private_endpoint_subnet_serves_one_domain_test

import data.azure.network.private_endpoint_subnet_serves_one_domain

none := {"count": 0, "examples": []}

some_users := {"count": 1, "examples": []}

subnet := "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-network-weu/providers/Microsoft.Network/virtualNetworks/vnet-weu/subnets/snet-payments-pe"

endpoint(names, undeclared) := {
	"resource": {"properties": {"subnet": {"id": subnet}}},
	"related": {"subnet_users": {"count": 2, "domains": {name: some_users | some name in names}, "undeclared": undeclared}},
}

test_denies_a_shared_subnet if {
	private_endpoint_subnet_serves_one_domain.deny == {{
		"message": "the subnet is shared by the business domains payments, risk",
		"path": "related.subnet_users",
		"actual": "payments, risk",
		"expected": "one business domain",
	}} with input as endpoint(["risk", "payments"], none)
}

test_denies_a_shared_subnet_with_undeclared_users if {
	count(private_endpoint_subnet_serves_one_domain.deny) == 1 with input as endpoint(["risk", "payments"], some_users)
}

test_passes_one_domain if {
	count(private_endpoint_subnet_serves_one_domain.deny) == 0 with input as endpoint(["payments"], none)
	count(private_endpoint_subnet_serves_one_domain.unknown) == 0 with input as endpoint(["payments"], none)
}

test_undeclared_user_is_unknown if {
	private_endpoint_subnet_serves_one_domain.unknown == {"1 users of the subnet name no business domain"} with input as endpoint(["payments"], some_users)
	count(private_endpoint_subnet_serves_one_domain.deny) == 0 with input as endpoint(["payments"], some_users)
}

test_missing_users_are_left_to_the_engine if {
	bare := {"resource": {"properties": {"subnet": {"id": subnet}}}, "related": {}}
	count(private_endpoint_subnet_serves_one_domain.deny) == 0 with input as bare
	count(private_endpoint_subnet_serves_one_domain.unknown) == 0 with input as bare
}

test_empty_subnet_is_unknown if {
	placeless := {"resource": {"properties": {"subnet": {"id": ""}}}, "related": {}}
	private_endpoint_subnet_serves_one_domain.unknown == {"the private endpoint names no subnet"} with input as placeless
}
