package azure.redis.zone_redundant_test

import data.azure.redis.zone_redundant

_cache(zones, allocation) := {"resource": {"zones": zones, "properties": {"zonalAllocationPolicy": allocation, "sku": {"name": "Premium"}}}}

_required := {"zone_redundancy_required": true}

test_denies_no_zones if {
	every allocation in ["NoZones", "nozones"] {
		some finding in zone_redundant.deny with input as _cache([], allocation) with data.parameters as _required
		finding.path == "resource.properties.zonalAllocationPolicy"
		finding.actual == allocation
		finding.expected == "Automatic"
		count(zone_redundant.unknown) == 0 with input as _cache([], allocation) with data.parameters as _required
	}
}

test_denies_a_single_zone if {
	every allocation in ["UserDefined", "userdefined", ""] {
		count(zone_redundant.deny) == 1 with input as _cache(["1"], allocation) with data.parameters as _required
		some finding in zone_redundant.deny with input as _cache(["1"], allocation) with data.parameters as _required
		finding.path == "resource.zones"
		finding.actual == {"1"}
		finding.expected == "two zones or more"
		count(zone_redundant.unknown) == 0 with input as _cache(["1"], allocation) with data.parameters as _required
	}
}

test_same_zone_twice_is_one_zone if {
	count(zone_redundant.deny) == 1 with input as _cache(["2", "2"], "UserDefined") with data.parameters as _required
}

test_single_zone_without_a_policy if {
	count(zone_redundant.deny) == 1 with input as {"resource": {"zones": ["1"], "properties": {"sku": {"name": "Premium"}}}} with data.parameters as _required
}

test_passes_two_zones if {
	every allocation in ["UserDefined", ""] {
		count(zone_redundant.deny) == 0 with input as _cache(["1", "2"], allocation) with data.parameters as _required
		count(zone_redundant.unknown) == 0 with input as _cache(["1", "2"], allocation) with data.parameters as _required
		count(zone_redundant.not_applicable) == 0 with input as _cache(["1", "2"], allocation) with data.parameters as _required
	}
}

test_passes_automatic_zones if {
	every allocation in ["Automatic", "automatic"] {
		automatic := {"resource": {"properties": {"zonalAllocationPolicy": allocation, "sku": {"name": "Standard"}}}}
		count(zone_redundant.deny) == 0 with input as automatic with data.parameters as _required
		count(zone_redundant.unknown) == 0 with input as automatic with data.parameters as _required
		count(zone_redundant.not_applicable) == 0 with input as automatic with data.parameters as _required
	}
}

test_passes_whatever_zones_azure_has_chosen if {
	count(zone_redundant.deny) == 0 with input as _cache(["1"], "Automatic") with data.parameters as _required
	count(zone_redundant.unknown) == 0 with input as _cache(["1"], "Automatic") with data.parameters as _required
}

test_neither_zones_nor_policy_is_unknown if {
	every cache in [{"resource": {"properties": {"sku": {"name": "Premium"}}}}, _cache([], ""), _cache([], "UserDefined")] {
		count(zone_redundant.unknown) == 1 with input as cache with data.parameters as _required
		count(zone_redundant.deny) == 0 with input as cache with data.parameters as _required
	}
}

test_other_policy_is_unknown if {
	count(zone_redundant.unknown) == 1 with input as _cache(["1", "2"], "Regional") with data.parameters as _required
	count(zone_redundant.deny) == 0 with input as _cache(["1", "2"], "Regional") with data.parameters as _required
}

test_basic_is_not_judged if {
	every sku in ["Basic", "basic"] {
		count(zone_redundant.not_applicable) == 1 with input as {"resource": {"properties": {"sku": {"name": sku}}}} with data.parameters as _required
	}
}

test_not_required_is_not_judged if {
	zone_redundant.not_applicable == {"zone redundancy is not required of this cache"} with input as _cache([], "NoZones") with data.parameters as {"zone_redundancy_required": false}
}
