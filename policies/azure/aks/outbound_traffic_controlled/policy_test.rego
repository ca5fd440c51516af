package azure.aks.outbound_traffic_controlled_test

import data.azure.aks.outbound_traffic_controlled

_in(value) := {"resource": {"properties": {"networkProfile": {"outboundType": value}}}}

test_denies_the_bad if {
	every value in ["loadBalancer", "managedNATGateway", "LOADBALANCER", "MANAGEDNATGATEWAY"] {
		some finding in outbound_traffic_controlled.deny with input as _in(value)
		finding.path == "resource.properties.networkProfile.outboundType"
		finding.actual == value
		finding.expected == "userDefinedRouting, userAssignedNATGateway, none or block"
		count(outbound_traffic_controlled.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["userDefinedRouting", "none", "block", "userAssignedNATGateway", "USERDEFINEDROUTING", "NONE", "BLOCK", "USERASSIGNEDNATGATEWAY"] {
		count(outbound_traffic_controlled.deny) == 0 with input as _in(value)
		count(outbound_traffic_controlled.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in outbound_traffic_controlled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "loadBalancer"
	count(outbound_traffic_controlled.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(outbound_traffic_controlled.unknown) == 1 with input as _in("Otherwise")
	count(outbound_traffic_controlled.deny) == 0 with input as _in("Otherwise")
}
