package azure.databricks.root_storage_redundant_test

import data.azure.databricks.root_storage_redundant

_in(value) := {"resource": {"properties": {"parameters": {"storageAccountSkuName": {"value": value}}}}}

test_denies_the_bad if {
	every value in ["Standard_LRS", "Premium_LRS", "STANDARD_LRS", "PREMIUM_LRS"] {
		some finding in root_storage_redundant.deny with input as _in(value)
		finding.path == "resource.properties.parameters.storageAccountSkuName.value"
		finding.actual == value
		finding.expected == "copies in several zones or regions"
		count(root_storage_redundant.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "STANDARD_ZRS", "STANDARD_GRS", "STANDARD_RAGRS", "STANDARD_GZRS", "STANDARD_RAGZRS"] {
		count(root_storage_redundant.deny) == 0 with input as _in(value)
		count(root_storage_redundant.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(root_storage_redundant.deny) == 0 with input as {"resource": {"properties": {}}}
	count(root_storage_redundant.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(root_storage_redundant.unknown) == 1 with input as _in("Otherwise")
	count(root_storage_redundant.deny) == 0 with input as _in("Otherwise")
}
