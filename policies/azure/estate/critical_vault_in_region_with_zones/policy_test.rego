package azure.estate.critical_vault_in_region_with_zones_test

import data.azure.estate.critical_vault_in_region_with_zones

vault(location) := {"resource": {"location": location}, "context": {"criticality": "Critical"}}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(vault("West US"), {"context": {"criticality": "low"}})
	critical_vault_in_region_with_zones.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_vault_in_region_with_zones.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(vault("West US"), ["context"])
	count(critical_vault_in_region_with_zones.deny) == 0 with input as silent with data.parameters as critical
	count(critical_vault_in_region_with_zones.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_denies_a_region_without_zones if {
	some f in critical_vault_in_region_with_zones.deny with input as vault("West US") with data.parameters as critical
	f.path == "resource.location"
	f.actual == "West US"
	f.expected == "a region with availability zones"
	startswith(f.message, "single zone: West US has no availability zones")
	count(critical_vault_in_region_with_zones.unknown) == 0 with input as vault("West US") with data.parameters as critical
	count(critical_vault_in_region_with_zones.not_applicable) == 0 with input as vault("West US") with data.parameters as critical
}

test_passes_a_region_with_zones if {
	count(critical_vault_in_region_with_zones.deny) == 0 with input as vault("westeurope") with data.parameters as critical
	count(critical_vault_in_region_with_zones.unknown) == 0 with input as vault("westeurope") with data.parameters as critical
}

test_new_region_is_unknown if {
	critical_vault_in_region_with_zones.unknown == {"whether atlantis has availability zones is not known"} with input as vault("atlantis") with data.parameters as critical
	count(critical_vault_in_region_with_zones.deny) == 0 with input as vault("atlantis") with data.parameters as critical
}
