package azure.network.subnet_serves_one_environment_test

import data.azure.network.subnet_serves_one_environment

_it(names, undeclared) := {"related": {"subnet_users": {
	"count": count(names) + undeclared,
	"environments": {name: {"count": 1, "examples": []} | some name in names},
	"environments_undeclared": {"count": undeclared, "examples": []},
}}}

_apart(what) := {"production_environments": ["prod", "production"], "environments_apart": what}

_verdict(names, undeclared, what) := [count(denied), count(unclear), count(aside)] if {
	denied := subnet_serves_one_environment.deny with input as _it(names, undeclared) with data.parameters as _apart(what)
	unclear := subnet_serves_one_environment.unknown with input as _it(names, undeclared) with data.parameters as _apart(what)
	aside := subnet_serves_one_environment.not_applicable with input as _it(names, undeclared) with data.parameters as _apart(what)
}

test_denies_production_beside_others if {
	subnet_serves_one_environment.deny == {{
		"message": "the subnet serves the environments prod (1), test (1)",
		"path": "related.subnet_users",
		"actual": "prod (1), test (1)",
		"expected": "one environment",
	}} with input as _it(["test", "prod"], 0) with data.parameters as _apart("production")
}

test_others_may_meet_unless_each_is_apart if {
	_verdict(["dev", "test"], 0, "production") == [0, 0, 0]
	_verdict(["dev", "test"], 0, "each") == [1, 0, 0]
}

test_passes_one_environment if {
	_verdict(["production", "prod"], 0, "each") == [0, 0, 0]
	_verdict(["test"], 0, "each") == [0, 0, 0]
}

test_undeclared_user_is_unknown if {
	_verdict(["prod"], 1, "production") == [0, 1, 0]
	_verdict(["prod", "dev"], 1, "production") == [1, 1, 0]
}

test_nobody_uses_it if _verdict([], 0, "production") == [0, 0, 1]

test_missing_users_are_left_to_the_engine if {
	count(subnet_serves_one_environment.deny) == 0 with input as {"related": {}} with data.parameters as _apart("each")
	count(subnet_serves_one_environment.unknown) == 0 with input as {"related": {}} with data.parameters as _apart("each")
	count(subnet_serves_one_environment.not_applicable) == 0 with input as {"related": {}} with data.parameters as _apart("each")
}
