package azure.network.application_gateway_scales_test

import data.azure.network.application_gateway_scales

_gateway(tier, bounds) := {"resource": {"properties": {"sku": {"tier": tier}, "autoscaleConfiguration": bounds}}}

_bounds(least, most) := {"minCapacity": least, "maxCapacity": most}

_floors := {"autoscale_instances_min": 2, "autoscale_headroom_min": 3}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := application_gateway_scales.deny with input as it with data.parameters as _floors
	unclear := application_gateway_scales.unknown with input as it with data.parameters as _floors
	aside := application_gateway_scales.not_applicable with input as it with data.parameters as _floors
}

_only(it) := finding if {
	findings := application_gateway_scales.deny with input as it with data.parameters as _floors
	count(findings) == 1
	some finding in findings
}

test_denies_a_fixed_size if {
	every tier in ["Standard_v2", "waf_v2"] {
		finding := _only(_gateway(tier, {}))
		finding.path == "resource.properties.autoscaleConfiguration.minCapacity"
		finding.expected == 2
		not finding.actual
	}
	_only({"resource": {"properties": {"sku": {"tier": "WAF_v2"}}}})
	_only(_gateway("WAF_v2", {"maxCapacity": 0}))
}

test_denies_a_low_floor if {
	finding := _only(_gateway("WAF_v2", _bounds(1, 9)))
	finding.path == "resource.properties.autoscaleConfiguration.minCapacity"
	finding.actual == 1
	finding.expected == 2
	_verdict(_gateway("WAF_v2", _bounds(0, 9))) == [1, 0, 0]
}

test_denies_a_low_ceiling if {
	finding := _only(_gateway("WAF_v2", _bounds(4, 6)))
	finding.path == "resource.properties.autoscaleConfiguration.maxCapacity"
	finding.actual == 2
	finding.expected == 3
	_verdict(_gateway("WAF_v2", _bounds(0, 2))) == [2, 0, 0]
}

test_passes_room_enough if {
	every tier in ["WAF_v2", "standard_v2"] {
		_verdict(_gateway(tier, _bounds(2, 5))) == [0, 0, 0]
	}
}

test_ignores_tiers_that_do_not_scale if {
	every tier in ["standard", "WAF", "Basic"] {
		_verdict(_gateway(tier, {})) == [0, 0, 1]
		_verdict(_gateway(tier, _bounds(0, 0))) == [0, 0, 1]
	}
}

test_other_tier_is_unknown if _verdict(_gateway("WAF_v3", {})) == [0, 1, 0]
