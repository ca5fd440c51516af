package azure.cosmos.critical_function_survives_zone_loss_test

import data.azure.cosmos.critical_function_survives_zone_loss

account(locations) := {"resource": {"properties": {"locations": locations}}, "context": {"criticality": "Critical"}}

place(name, zones) := {"locationName": name, "isZoneRedundant": zones}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(account([place("West Europe", false)]), {"context": {"criticality": "low"}})
	critical_function_survives_zone_loss.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_function_survives_zone_loss.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(account([place("West Europe", false)]), ["context"])
	count(critical_function_survives_zone_loss.deny) == 0 with input as silent with data.parameters as critical
	count(critical_function_survives_zone_loss.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_denies_one_data_centre if {
	every locations in [[place("West Europe", false)], [{"locationName": "West Europe"}], [place("West Europe", false), place("westeurope", false)]] {
		some f in critical_function_survives_zone_loss.deny with input as account(locations) with data.parameters as critical
		f.path == "resource.properties.locations"
		f.actual == ["westeurope"]
		f.expected == "a zone-redundant region, or a second region"
		startswith(f.message, "single zone: ")
		count(critical_function_survives_zone_loss.unknown) == 0 with input as account(locations) with data.parameters as critical
		count(critical_function_survives_zone_loss.not_applicable) == 0 with input as account(locations) with data.parameters as critical
	}
}

test_passes_zones_or_regions if {
	every locations in [[place("West Europe", true)], [place("West Europe", false), place("North Europe", false)]] {
		count(critical_function_survives_zone_loss.deny) == 0 with input as account(locations) with data.parameters as critical
		count(critical_function_survives_zone_loss.unknown) == 0 with input as account(locations) with data.parameters as critical
	}
}

test_no_regions_are_unknown if {
	critical_function_survives_zone_loss.unknown == {"the account does not name its regions"} with input as account([]) with data.parameters as critical
	count(critical_function_survives_zone_loss.deny) == 0 with input as account([]) with data.parameters as critical
}
