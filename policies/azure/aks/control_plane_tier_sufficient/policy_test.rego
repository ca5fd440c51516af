package azure.aks.control_plane_tier_sufficient_test

import data.azure.aks.control_plane_tier_sufficient

_resource(value) := {"resource": {"sku": {"tier": value}}}

test_denies if {
	every value in ["FREE", "Free", "free"] {
		some finding in control_plane_tier_sufficient.deny with input as _resource(value)
		finding.path == "resource.sku.tier"
		finding.actual == value
		finding.expected == "Standard"
		count(control_plane_tier_sufficient.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["PAID", "PREMIUM", "Paid", "Premium", "STANDARD", "Standard"] {
		count(control_plane_tier_sufficient.deny) == 0 with input as _resource(value)
		count(control_plane_tier_sufficient.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in control_plane_tier_sufficient.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Free"
}

test_other_value_is_unknown if {
	count(control_plane_tier_sufficient.unknown) == 1 with input as _resource("Legacy")
	count(control_plane_tier_sufficient.deny) == 0 with input as _resource("Legacy")
}
