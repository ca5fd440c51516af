package azure.redis.persistence_enabled_test

import data.azure.redis.persistence_enabled

_in(snapshots, log) := {"resource": {"properties": {"sku": {"name": "Premium"}, "redisConfiguration": {"rdb-backup-enabled": snapshots, "aof-backup-enabled": log}}}}

_required := {"redis_persistence_required": true}

test_denies_memory_only if {
	every pair in [["false", "false"], ["False", ""], ["", "False"]] {
		some finding in persistence_enabled.deny with input as _in(pair[0], pair[1]) with data.parameters as _required
		finding.path == "resource.properties.redisConfiguration.rdb-backup-enabled"
		finding.actual == pair[0]
		finding.expected == "true"
		count(persistence_enabled.unknown) == 0 with input as _in(pair[0], pair[1]) with data.parameters as _required
	}
}

test_missing_settings_are_off if {
	some finding in persistence_enabled.deny with input as {"resource": {"properties": {"sku": {"name": "Basic"}}}} with data.parameters as _required
	finding.actual == "false"
	finding.message == "the data of the Basic cache stands in memory only"
}

test_passes_either if {
	every pair in [["true", "false"], ["false", "True"]] {
		count(persistence_enabled.deny) == 0 with input as _in(pair[0], pair[1]) with data.parameters as _required
		count(persistence_enabled.unknown) == 0 with input as _in(pair[0], pair[1]) with data.parameters as _required
		count(persistence_enabled.not_applicable) == 0 with input as _in(pair[0], pair[1]) with data.parameters as _required
	}
}

test_does_not_apply_where_it_is_not_required if {
	some reason in persistence_enabled.not_applicable with input as _in("false", "false") with data.parameters as {"redis_persistence_required": false}
	reason == "the firm does not ask for it here"
	count(persistence_enabled.deny) == 0 with input as _in("false", "false") with data.parameters as {"redis_persistence_required": false}
}

test_other_text_is_unknown if {
	every pair in [["perhaps", "false"], ["false", "perhaps"]] {
		count(persistence_enabled.unknown) == 1 with input as _in(pair[0], pair[1]) with data.parameters as _required
		count(persistence_enabled.deny) == 0 with input as _in(pair[0], pair[1]) with data.parameters as _required
	}
}
