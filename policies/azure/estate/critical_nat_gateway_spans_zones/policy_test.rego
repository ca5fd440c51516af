package azure.estate.critical_nat_gateway_spans_zones_test

import data.azure.estate.critical_nat_gateway_spans_zones

gateway(sku) := {"resource": {"sku": {"name": sku}}, "context": {"criticality": "Critical"}}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(gateway("Standard"), {"context": {"criticality": "low"}})
	critical_nat_gateway_spans_zones.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_nat_gateway_spans_zones.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(gateway("Standard"), ["context"])
	count(critical_nat_gateway_spans_zones.deny) == 0 with input as silent with data.parameters as critical
	count(critical_nat_gateway_spans_zones.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_denies_one_zone if {
	some f in critical_nat_gateway_spans_zones.deny with input as gateway("standard") with data.parameters as critical
	f.path == "resource.sku.name"
	f.actual == "standard"
	f.expected == "StandardV2"
	startswith(f.message, "single zone: ")
	count(critical_nat_gateway_spans_zones.unknown) == 0 with input as gateway("standard") with data.parameters as critical
	count(critical_nat_gateway_spans_zones.not_applicable) == 0 with input as gateway("standard") with data.parameters as critical
}

test_passes_the_kind_that_spans_zones if {
	count(critical_nat_gateway_spans_zones.deny) == 0 with input as gateway("standardv2") with data.parameters as critical
	count(critical_nat_gateway_spans_zones.unknown) == 0 with input as gateway("standardv2") with data.parameters as critical
}

test_new_kind_is_unknown if {
	critical_nat_gateway_spans_zones.unknown == {"the SKU \"StandardV3\" is not known"} with input as gateway("StandardV3") with data.parameters as critical
	count(critical_nat_gateway_spans_zones.deny) == 0 with input as gateway("StandardV3") with data.parameters as critical
}
