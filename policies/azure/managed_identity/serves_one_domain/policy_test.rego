package azure.managed_identity.serves_one_domain_test

import data.azure.managed_identity.serves_one_domain

none := {"count": 0, "examples": []}

some_users := {"count": 1, "examples": []}

identity(number, names, undeclared) := {"related": {"identity_users": {
	"count": number,
	"domains": {name: some_users | some name in names},
	"undeclared": undeclared,
}}}

test_denies_a_shared_identity if {
	serves_one_domain.deny == {{
		"message": "the identity is shared by the business domains payments, risk",
		"path": "related.identity_users",
		"actual": "payments, risk",
		"expected": "one business domain",
	}} with input as identity(2, ["risk", "payments"], none)
}

test_denies_a_shared_identity_with_undeclared_users if {
	count(serves_one_domain.deny) == 1 with input as identity(3, ["risk", "payments"], some_users)
}

test_passes_one_domain if {
	count(serves_one_domain.deny) == 0 with input as identity(1, ["payments"], none)
	count(serves_one_domain.unknown) == 0 with input as identity(1, ["payments"], none)
	count(serves_one_domain.not_applicable) == 0 with input as identity(1, ["payments"], none)
}

test_undeclared_user_is_unknown if {
	serves_one_domain.unknown == {"1 users of the identity name no business domain"} with input as identity(2, ["payments"], some_users)
	count(serves_one_domain.deny) == 0 with input as identity(2, ["payments"], some_users)
}

test_unused_identity_is_not_judged if {
	some reason in serves_one_domain.not_applicable with input as identity(0, [], none)
	reason == "no resource uses the identity"
}

test_missing_users_are_left_to_the_engine if {
	count(serves_one_domain.deny) == 0 with input as {"related": {}}
	count(serves_one_domain.not_applicable) == 0 with input as {"related": {}}
	count(serves_one_domain.unknown) == 0 with input as {"related": {}}
}
