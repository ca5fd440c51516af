package azure.key_vault.serves_one_domain_test

import data.azure.key_vault.serves_one_domain

_it(names, undeclared) := {"related": {"vault_users": {
	"count": count(names) + undeclared,
	"domains": {name: {"count": 1, "examples": []} | some name in names},
	"undeclared": {"count": undeclared, "examples": []},
}}}

_required := {"vault_per_domain_required": true}

_verdict(names, undeclared) := [count(denied), count(unclear), count(aside)] if {
	denied := serves_one_domain.deny with input as _it(names, undeclared) with data.parameters as _required
	unclear := serves_one_domain.unknown with input as _it(names, undeclared) with data.parameters as _required
	aside := serves_one_domain.not_applicable with input as _it(names, undeclared) with data.parameters as _required
}

test_denies_several_domains if {
	serves_one_domain.deny == {{
		"message": "the vault is shared by the business domains payments (1), risk (1)",
		"path": "related.vault_users",
		"actual": "payments (1), risk (1)",
		"expected": "one business domain",
	}} with input as _it(["risk", "payments"], 0) with data.parameters as _required
}

test_passes_one_domain if _verdict(["payments"], 0) == [0, 0, 0]

test_undeclared_user_is_unknown if {
	_verdict(["payments"], 1) == [0, 1, 0]
	_verdict(["payments", "risk"], 1) == [1, 1, 0]
}

test_nobody_uses_it if _verdict([], 0) == [0, 0, 1]

test_firm_that_does_not_ask_is_not_judged if {
	some reason in serves_one_domain.not_applicable with input as _it(["payments", "risk"], 0) with data.parameters as {"vault_per_domain_required": false}
	reason == "vaults of one domain are not required"
}

test_missing_users_are_left_to_the_engine if {
	count(serves_one_domain.deny) == 0 with input as {"related": {}} with data.parameters as _required
	count(serves_one_domain.unknown) == 0 with input as {"related": {}} with data.parameters as _required
	count(serves_one_domain.not_applicable) == 0 with input as {"related": {}} with data.parameters as _required
}
