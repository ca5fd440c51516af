package azure.network.public_address_sku_supported_test

import data.azure.network.public_address_sku_supported

_with(value) := {"resource": {"sku": {"name": value}}}

test_denies_the_wrong_value if {
	every value in ["Basic", "BASIC"] {
		some finding in public_address_sku_supported.deny with input as _with(value)
		finding.path == "resource.sku.name"
		finding.actual == value
		finding.expected == "Standard"
		count(public_address_sku_supported.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Standard", "STANDARD", "StandardV2", "STANDARDV2"] {
		count(public_address_sku_supported.deny) == 0 with input as _with(value)
		count(public_address_sku_supported.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(public_address_sku_supported.unknown) == 1 with input as _with("Maybe")
	count(public_address_sku_supported.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(public_address_sku_supported.deny) == 0 with input as {"resource": {"properties": {}}}
	count(public_address_sku_supported.unknown) == 0 with input as {"resource": {"properties": {}}}
}
