package azure.storage.critical_function_survives_zone_loss_test

import data.azure.storage.critical_function_survives_zone_loss

account(sku) := {"resource": {"sku": {"name": sku}}, "context": {"criticality": "Critical"}}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(account("Standard_LRS"), {"context": {"criticality": "low"}})
	critical_function_survives_zone_loss.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_function_survives_zone_loss.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(account("Standard_LRS"), ["context"])
	count(critical_function_survives_zone_loss.deny) == 0 with input as silent with data.parameters as critical
	count(critical_function_survives_zone_loss.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_denies_one_data_centre if {
	every sku in ["Standard_LRS", "standard_ragrs"] {
		some f in critical_function_survives_zone_loss.deny with input as account(sku) with data.parameters as critical
		f.path == "resource.sku.name"
		f.actual == sku
		f.expected == ["Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS", "Premium_ZRS"]
		startswith(f.message, "single zone: ")
		count(critical_function_survives_zone_loss.unknown) == 0 with input as account(sku) with data.parameters as critical
		count(critical_function_survives_zone_loss.not_applicable) == 0 with input as account(sku) with data.parameters as critical
	}
}

test_passes_several_zones if {
	count(critical_function_survives_zone_loss.deny) == 0 with input as account("Standard_GZRS") with data.parameters as critical
	count(critical_function_survives_zone_loss.unknown) == 0 with input as account("Standard_GZRS") with data.parameters as critical
}

test_new_sku_is_unknown if {
	critical_function_survives_zone_loss.unknown == {"the SKU \"Standard_XRS\" is not known"} with input as account("Standard_XRS") with data.parameters as critical
	count(critical_function_survives_zone_loss.deny) == 0 with input as account("Standard_XRS") with data.parameters as critical
}
