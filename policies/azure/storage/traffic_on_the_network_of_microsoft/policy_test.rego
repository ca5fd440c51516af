package azure.storage.traffic_on_the_network_of_microsoft_test

import data.azure.storage.traffic_on_the_network_of_microsoft

_in(value) := {"resource": {"properties": {"routingPreference": {"routingChoice": value}}}}

test_denies_the_bad if {
	every value in ["InternetRouting", "INTERNETROUTING"] {
		some finding in traffic_on_the_network_of_microsoft.deny with input as _in(value)
		finding.path == "resource.properties.routingPreference.routingChoice"
		finding.actual == value
		finding.expected == "MicrosoftRouting"
		count(traffic_on_the_network_of_microsoft.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["MicrosoftRouting", "MICROSOFTROUTING"] {
		count(traffic_on_the_network_of_microsoft.deny) == 0 with input as _in(value)
		count(traffic_on_the_network_of_microsoft.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_good if {
	count(traffic_on_the_network_of_microsoft.deny) == 0 with input as {"resource": {"properties": {}}}
	count(traffic_on_the_network_of_microsoft.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(traffic_on_the_network_of_microsoft.unknown) == 1 with input as _in("Otherwise")
	count(traffic_on_the_network_of_microsoft.deny) == 0 with input as _in("Otherwise")
}
