package azure.app_service.outbound_traffic_routed_test

import data.azure.app_service.outbound_traffic_routed

_in(value) := {"resource": {"properties": {"siteConfig": {"vnetRouteAllEnabled": value}}}}

test_denies_the_bad if {
	some finding in outbound_traffic_routed.deny with input as _in(false)
	finding.path == "resource.properties.siteConfig.vnetRouteAllEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(outbound_traffic_routed.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(outbound_traffic_routed.deny) == 1 with input as {"resource": {"properties": {}}}
