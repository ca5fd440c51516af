package azure.event_hubs.throughput_inflates_test

import data.azure.event_hubs.throughput_inflates

_namespace(sku, units, inflates, ceiling) := {"resource": {
	"sku": {"name": sku, "capacity": units},
	"properties": {"isAutoInflateEnabled": inflates, "maximumThroughputUnits": ceiling},
}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := throughput_inflates.deny with input as it with data.parameters as {"autoscale_headroom_min": 2}
	unclear := throughput_inflates.unknown with input as it with data.parameters as {"autoscale_headroom_min": 2}
	aside := throughput_inflates.not_applicable with input as it with data.parameters as {"autoscale_headroom_min": 2}
}

test_denies_a_namespace_that_does_not_inflate if {
	some finding in throughput_inflates.deny with input as _namespace("standard", 1, false, 10) with data.parameters as {"autoscale_headroom_min": 2}
	finding.path == "resource.properties.isAutoInflateEnabled"
	finding.actual == false
	finding.expected == true
	_verdict({"resource": {"sku": {"name": "Standard"}, "properties": {}}}) == [1, 0, 0]
}

test_denies_a_low_ceiling if {
	some finding in throughput_inflates.deny with input as _namespace("Standard", 4, true, 5) with data.parameters as {"autoscale_headroom_min": 2}
	finding.path == "resource.properties.maximumThroughputUnits"
	finding.actual == 5
	finding.expected == 6
	_verdict({"resource": {"sku": {"name": "Standard"}, "properties": {"isAutoInflateEnabled": true, "maximumThroughputUnits": 2}}}) == [1, 0, 0]
	_verdict({"resource": {"sku": {"name": "Standard", "capacity": 1}, "properties": {"isAutoInflateEnabled": true}}}) == [1, 0, 0]
}

test_a_ceiling_that_is_not_named_is_none if {
	some finding in throughput_inflates.deny with input as {"resource": {"sku": {"name": "Standard"}, "properties": {"isAutoInflateEnabled": true}}} with data.parameters as {"autoscale_headroom_min": 2}
	finding.actual == 0
	finding.expected == 3
}

test_passes_room_enough if {
	_verdict(_namespace("Standard", 4, true, 6)) == [0, 0, 0]
	_verdict({"resource": {"sku": {"name": "Standard"}, "properties": {"isAutoInflateEnabled": true, "maximumThroughputUnits": 3}}}) == [0, 0, 0]
}

test_ignores_other_tiers if {
	every sku in ["basic", "Premium"] {
		_verdict(_namespace(sku, 1, false, 0)) == [0, 0, 1]
	}
}

test_other_tier_is_unknown if {
	_verdict(_namespace("Ultra", 1, false, 0)) == [0, 1, 0]
	_verdict(_namespace("Ultra", 1, true, 0)) == [0, 1, 0]
}
