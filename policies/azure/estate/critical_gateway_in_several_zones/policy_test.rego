package azure.estate.critical_gateway_in_several_zones_test

import data.azure.estate.critical_gateway_in_several_zones

gateway(zones) := {"resource": {"zones": zones}, "context": {"criticality": "Critical"}}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(gateway(["1"]), {"context": {"criticality": "low"}})
	critical_gateway_in_several_zones.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_gateway_in_several_zones.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(gateway(["1"]), ["context"])
	count(critical_gateway_in_several_zones.deny) == 0 with input as silent with data.parameters as critical
	count(critical_gateway_in_several_zones.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_denies_one_zone if {
	every zones in [[], ["1"], ["1", "1"]] {
		some f in critical_gateway_in_several_zones.deny with input as gateway(zones) with data.parameters as critical
		f.path == "resource.zones"
		count(f.actual) < 2
		f.expected == "two zones or more"
		startswith(f.message, "single zone: ")
		count(critical_gateway_in_several_zones.not_applicable) == 0 with input as gateway(zones) with data.parameters as critical
	}
}

test_missing_zones_are_none if {
	bare := {"resource": {}, "context": {"criticality": "critical"}}
	some f in critical_gateway_in_several_zones.deny with input as bare with data.parameters as critical
	f.actual == []
}

test_passes_several_zones if count(critical_gateway_in_several_zones.deny) == 0 with input as gateway(["1", "2"]) with data.parameters as critical
