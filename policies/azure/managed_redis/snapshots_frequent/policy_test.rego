package azure.managed_redis.snapshots_frequent_test

import data.azure.managed_redis.snapshots_frequent

_in(on, text) := {"resource": {"properties": {"persistence": {"rdbEnabled": on, "rdbFrequency": text}}}}

_limit := {"redis_snapshot_minutes_max": 60}

test_denies_too_seldom if {
	some finding in snapshots_frequent.deny with input as _in(true, "6h") with data.parameters as _limit
	finding.path == "resource.properties.persistence.rdbFrequency"
	finding.actual == "6h"
	finding.expected == "at most 60 minutes"
	contains(finding.message, "every 360 minutes")
}

test_passes_the_bound if {
	count(snapshots_frequent.deny) == 0 with input as _in(true, "1H") with data.parameters as _limit
	count(snapshots_frequent.deny) == 1 with input as _in(true, "1h") with data.parameters as {"redis_snapshot_minutes_max": 59}
	count(snapshots_frequent.unknown) == 0 with input as _in(true, "1H") with data.parameters as _limit
	count(snapshots_frequent.not_applicable) == 0 with input as _in(true, "1h") with data.parameters as _limit
}

test_does_not_apply_without_snapshots if {
	every database in [_in(false, "12h"), {"resource": {"properties": {}}}] {
		some reason in snapshots_frequent.not_applicable with input as database with data.parameters as _limit
		reason == "the database writes no snapshots"
	}
}

test_other_text_is_unknown if {
	every text in ["hourly", "", "60", "h"] {
		count(snapshots_frequent.unknown) == 1 with input as _in(true, text) with data.parameters as _limit
	}
}
