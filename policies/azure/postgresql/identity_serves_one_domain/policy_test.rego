package azure.postgresql.identity_serves_one_domain_test

import data.azure.postgresql.identity_serves_one_domain

none := {"count": 0, "examples": []}

some_users := {"count": 1, "examples": []}

id := "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg-payments-weu/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-payments-pg"

server(names, undeclared) := {
	"resource": {"identity": {"userAssignedIdentities": {id: {"clientId": "0b9f6f4c-51d0-4b53-9c37-6f3a0f0f1a01"}}}},
	"related": {"identity_users": {"count": 2, "domains": {name: some_users | some name in names}, "undeclared": undeclared}},
}

test_denies_a_shared_identity if {
	identity_serves_one_domain.deny == {{
		"message": "the identities are shared by the business domains payments, risk",
		"path": "related.identity_users",
		"actual": "payments, risk",
		"expected": "one business domain",
	}} with input as server(["risk", "payments"], none)
}

test_denies_a_shared_identity_with_undeclared_users if {
	count(identity_serves_one_domain.deny) == 1 with input as server(["risk", "payments"], some_users)
}

test_passes_one_domain if {
	count(identity_serves_one_domain.deny) == 0 with input as server(["payments"], none)
	count(identity_serves_one_domain.unknown) == 0 with input as server(["payments"], none)
	count(identity_serves_one_domain.not_applicable) == 0 with input as server(["payments"], none)
}

test_undeclared_user_is_unknown if {
	identity_serves_one_domain.unknown == {"1 users of the identities name no business domain"} with input as server(["payments"], some_users)
	count(identity_serves_one_domain.deny) == 0 with input as server(["payments"], some_users)
}

test_missing_users_are_left_to_the_engine if {
	bare := {"resource": {"identity": {"userAssignedIdentities": {id: {}}}}, "related": {}}
	count(identity_serves_one_domain.deny) == 0 with input as bare
	count(identity_serves_one_domain.unknown) == 0 with input as bare
	count(identity_serves_one_domain.not_applicable) == 0 with input as bare
}

test_server_without_identity_is_not_judged if {
	some reason in identity_serves_one_domain.not_applicable with input as {"resource": {}, "related": {}}
	reason == "the server carries no user-assigned identity"
}

test_empty_identities_are_not_judged if {
	count(identity_serves_one_domain.not_applicable) == 1 with input as {"resource": {"identity": {"userAssignedIdentities": {}}}, "related": {}}
}
