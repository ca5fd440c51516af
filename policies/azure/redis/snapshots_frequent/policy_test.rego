package azure.redis.snapshots_frequent_test

import data.azure.redis.snapshots_frequent

_in(on, minutes) := {"resource": {"properties": {"redisConfiguration": {"rdb-backup-enabled": on, "rdb-backup-frequency": minutes}}}}

_limit := {"redis_snapshot_minutes_max": 60}

test_denies_too_seldom if {
	some finding in snapshots_frequent.deny with input as _in("true", "360") with data.parameters as _limit
	finding.path == "resource.properties.redisConfiguration.rdb-backup-frequency"
	finding.actual == 360
	finding.expected == "at most 60 minutes"
	count(snapshots_frequent.unknown) == 0 with input as _in("TRUE", "360") with data.parameters as _limit
}

test_passes_the_bound if {
	count(snapshots_frequent.deny) == 0 with input as _in("true", "60") with data.parameters as _limit
	count(snapshots_frequent.deny) == 1 with input as _in("true", "60") with data.parameters as {"redis_snapshot_minutes_max": 59}
	count(snapshots_frequent.unknown) == 0 with input as _in("true", "60") with data.parameters as _limit
	count(snapshots_frequent.not_applicable) == 0 with input as _in("true", "60") with data.parameters as _limit
}

test_does_not_apply_without_snapshots if {
	every cache in [_in("false", "60"), _in("False", "60"), _in("", "60"), {"resource": {"properties": {}}}] {
		some reason in snapshots_frequent.not_applicable with input as cache with data.parameters as _limit
		reason == "the cache writes no snapshots"
	}
	count(snapshots_frequent.unknown) == 0 with input as _in("", "60") with data.parameters as _limit
	count(snapshots_frequent.unknown) == 0 with input as _in("false", "60") with data.parameters as _limit
}

test_other_text_is_unknown if {
	every text in ["hourly", "", "123456", "1.5"] {
		count(snapshots_frequent.unknown) == 1 with input as _in("true", text) with data.parameters as _limit
	}
	count(snapshots_frequent.unknown) == 1 with input as _in("perhaps", "60") with data.parameters as _limit
}
