package lib.environments_test

import data.lib.environments

_production := ["prod", "production"]

_users(names) := {"environments": {name: {"count": 2, "examples": []} | some name in names}, "environments_undeclared": {"count": 0, "examples": []}}

test_production_beside_others_is_mixed if {
	environments.mixed(_users(["prod", "test"]), _production, "production")
	environments.mixed(_users(["Production", "test", "dev"]), _production, "each")
}

test_others_beside_each_other if {
	not environments.mixed(_users(["dev", "test"]), _production, "production")
	environments.mixed(_users(["dev", "test"]), _production, "each")
}

test_one_environment_is_not_mixed if {
	every names in [[], ["prod"], ["test"], ["prod", "PRODUCTION"], ["Test", "test"]] {
		not environments.mixed(_users(names), _production, "production")
		not environments.mixed(_users(names), _production, "each")
	}
}

test_undeclared if {
	environments.undeclared({"environments_undeclared": {"count": 1, "examples": []}})
	not environments.undeclared(_users(["prod"]))
}

test_spread_counts_by_environment if environments.spread(_users(["test", "prod"])) == "prod (2), test (2)"
