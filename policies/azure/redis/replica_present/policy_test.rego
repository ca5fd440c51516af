package azure.redis.replica_present_test

import data.azure.redis.replica_present

_cache(value) := {"resource": {"properties": {"sku": {"name": value}}}}

_required := {"cache_replica_required": true}

test_denies_the_bad if {
	every value in ["Basic", "basic"] {
		some finding in replica_present.deny with input as _cache(value) with data.parameters as _required
		finding.path == "resource.properties.sku.name"
		finding.actual == value
		finding.expected == ["Standard", "Premium"]
		count(replica_present.unknown) == 0 with input as _cache(value) with data.parameters as _required
	}
}

test_passes_the_good if {
	every value in ["Standard", "Premium", "STANDARD"] {
		count(replica_present.deny) == 0 with input as _cache(value) with data.parameters as _required
		count(replica_present.unknown) == 0 with input as _cache(value) with data.parameters as _required
		count(replica_present.not_applicable) == 0 with input as _cache(value) with data.parameters as _required
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(replica_present.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
	count(replica_present.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
}

test_other_value_is_unknown if {
	count(replica_present.unknown) == 1 with input as _cache("Ultra") with data.parameters as _required
	count(replica_present.deny) == 0 with input as _cache("Ultra") with data.parameters as _required
}

test_not_required_is_not_judged if {
	replica_present.not_applicable == {"a replica is not required of this cache"} with input as _cache("Basic") with data.parameters as {"cache_replica_required": false}
}
