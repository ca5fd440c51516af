package azure.redis.critical_function_survives_zone_loss_test

import data.azure.redis.critical_function_survives_zone_loss

cache(sku, zones, allocation) := {
	"resource": {"zones": zones, "properties": {"zonalAllocationPolicy": allocation, "sku": {"name": sku}}},
	"context": {"criticality": "Critical"},
}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(cache("Basic", ["1"], ""), {"context": {"criticality": "low"}})
	critical_function_survives_zone_loss.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_function_survives_zone_loss.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(cache("Basic", ["1"], ""), ["context"])
	count(critical_function_survives_zone_loss.deny) == 0 with input as silent with data.parameters as critical
	count(critical_function_survives_zone_loss.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_other_criticality_without_zones_is_not_judged if {
	minor := object.union(cache("Premium", [], "NoZones"), {"context": {"criticality": "low"}})
	count(critical_function_survives_zone_loss.deny) == 0 with input as minor with data.parameters as critical
}

test_denies_a_single_node if {
	some f in critical_function_survives_zone_loss.deny with input as cache("basic", ["1", "2"], "Automatic") with data.parameters as critical
	f.path == "resource.properties.sku.name"
	f.actual == "basic"
	f.expected == ["Standard", "Premium"]
	count(critical_function_survives_zone_loss.unknown) == 0 with input as cache("basic", ["1", "2"], "Automatic") with data.parameters as critical
	count(critical_function_survives_zone_loss.not_applicable) == 0 with input as cache("basic", ["1", "2"], "Automatic") with data.parameters as critical
}

test_denies_no_zones if {
	some f in critical_function_survives_zone_loss.deny with input as cache("Standard", [], "nozones") with data.parameters as critical
	f.path == "resource.properties.zonalAllocationPolicy"
	f.actual == "nozones"
	f.expected == "Automatic"
	count(critical_function_survives_zone_loss.unknown) == 0 with input as cache("Standard", [], "nozones") with data.parameters as critical
}

test_denies_one_zone if {
	every allocation in ["userdefined", ""] {
		some f in critical_function_survives_zone_loss.deny with input as cache("Premium", ["1", "1"], allocation) with data.parameters as critical
		f.path == "resource.zones"
		f.actual == ["1"]
		f.expected == "two zones or more"
		count(critical_function_survives_zone_loss.unknown) == 0 with input as cache("Premium", ["1", "1"], allocation) with data.parameters as critical
	}
}

passes(spread) if {
	count(critical_function_survives_zone_loss.deny) == 0 with input as spread with data.parameters as critical
	count(critical_function_survives_zone_loss.unknown) == 0 with input as spread with data.parameters as critical
}

test_passes_several_zones if {
	passes(cache("Premium", ["1", "2"], "UserDefined"))
	passes(cache("Standard", [], "automatic"))
	passes(cache("Premium", ["1"], "Automatic"))
	passes({"resource": {"zones": ["1", "2"], "properties": {"sku": {"name": "premium"}}}, "context": {"criticality": "high"}})
}

test_nothing_said_is_unknown if {
	every allocation in ["UserDefined", ""] {
		count(critical_function_survives_zone_loss.unknown) == 1 with input as cache("Premium", [], allocation) with data.parameters as critical
		count(critical_function_survives_zone_loss.deny) == 0 with input as cache("Premium", [], allocation) with data.parameters as critical
	}
	bare := {"resource": {"properties": {"sku": {"name": "Premium"}}}, "context": {"criticality": "critical"}}
	count(critical_function_survives_zone_loss.unknown) == 1 with input as bare with data.parameters as critical
}

test_new_values_are_unknown if {
	critical_function_survives_zone_loss.unknown == {"zonalAllocationPolicy is \"Orbit\", which this policy does not know"} with input as cache("Premium", [], "Orbit") with data.parameters as critical
	critical_function_survives_zone_loss.unknown == {"sku.name is \"Ultra\", which this policy does not know"} with input as cache("Ultra", ["1", "2"], "Automatic") with data.parameters as critical
}
