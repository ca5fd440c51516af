package azure.managed_redis.persistence_enabled_test

import data.azure.managed_redis.persistence_enabled

_in(log, snapshots) := {"resource": {"properties": {"persistence": {"aofEnabled": log, "rdbEnabled": snapshots}}}}

_required := {"redis_persistence_required": true}

test_denies_memory_only if {
	every database in [_in(false, false), {"resource": {"properties": {}}}] {
		some finding in persistence_enabled.deny with input as database with data.parameters as _required
		finding.path == "resource.properties.persistence.aofEnabled"
		finding.actual == false
		finding.expected == true
	}
}

test_passes_either if {
	every database in [_in(true, false), _in(false, true)] {
		count(persistence_enabled.deny) == 0 with input as database with data.parameters as _required
		count(persistence_enabled.not_applicable) == 0 with input as database with data.parameters as _required
	}
}

test_does_not_apply_where_it_is_not_required if {
	some reason in persistence_enabled.not_applicable with input as _in(false, false) with data.parameters as {"redis_persistence_required": false}
	reason == "the firm does not ask for it here"
	count(persistence_enabled.deny) == 0 with input as _in(false, false) with data.parameters as {"redis_persistence_required": false}
}
