package azure.redis.enterprise_replica_present_test

import data.azure.redis.enterprise_replica_present

_cluster(value) := {"resource": {"properties": {"highAvailability": value}}}

_required := {"cache_replica_required": true}

test_denies_the_bad if {
	every value in ["Disabled", "disabled"] {
		some finding in enterprise_replica_present.deny with input as _cluster(value) with data.parameters as _required
		finding.path == "resource.properties.highAvailability"
		finding.actual == value
		finding.expected == "Enabled"
		count(enterprise_replica_present.unknown) == 0 with input as _cluster(value) with data.parameters as _required
	}
}

test_passes_the_good if {
	every value in ["Enabled", "ENABLED"] {
		count(enterprise_replica_present.deny) == 0 with input as _cluster(value) with data.parameters as _required
		count(enterprise_replica_present.unknown) == 0 with input as _cluster(value) with data.parameters as _required
		count(enterprise_replica_present.not_applicable) == 0 with input as _cluster(value) with data.parameters as _required
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(enterprise_replica_present.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
	count(enterprise_replica_present.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
}

test_other_value_is_unknown if {
	count(enterprise_replica_present.unknown) == 1 with input as _cluster("Sometimes") with data.parameters as _required
	count(enterprise_replica_present.deny) == 0 with input as _cluster("Sometimes") with data.parameters as _required
}

test_not_required_is_not_judged if {
	enterprise_replica_present.not_applicable == {"a replica is not required of this cache"} with input as _cluster("Disabled") with data.parameters as {"cache_replica_required": false}
}
