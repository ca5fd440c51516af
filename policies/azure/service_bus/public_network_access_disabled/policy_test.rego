package azure.service_bus.public_network_access_disabled_test

import data.azure.service_bus.public_network_access_disabled

_namespace(value) := {"resource": {"properties": {"publicNetworkAccess": value}}}

test_denies_the_bad if {
	every value in ["Enabled", "enabled"] {
		some finding in public_network_access_disabled.deny with input as _namespace(value)
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == value
		finding.expected == "Disabled"
		count(public_network_access_disabled.unknown) == 0 with input as _namespace(value)
	}
}

test_passes_the_good if {
	every value in ["Disabled", "DISABLED"] {
		count(public_network_access_disabled.deny) == 0 with input as _namespace(value)
		count(public_network_access_disabled.unknown) == 0 with input as _namespace(value)
	}
}

test_missing_property_is_enabled if {
	some finding in public_network_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Enabled"
}

test_securedbyperimeter_is_unknown if {
	public_network_access_disabled.unknown == {"the rules of a network security perimeter decide who gets in, and this policy does not read them"} with input as _namespace("SecuredByPerimeter")
	count(public_network_access_disabled.deny) == 0 with input as _namespace("SecuredByPerimeter")
}

test_other_value_is_unknown if {
	count(public_network_access_disabled.unknown) == 1 with input as _namespace("Sometimes")
	count(public_network_access_disabled.deny) == 0 with input as _namespace("Sometimes")
}
