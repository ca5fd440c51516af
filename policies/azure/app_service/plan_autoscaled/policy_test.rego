package azure.app_service.plan_autoscaled_test

import data.azure.app_service.plan_autoscaled

_plan(sku, elastic, settings) := {
	"resource": {"sku": {"name": sku}, "properties": {"elasticScaleEnabled": elastic}},
	"related": {"autoscale_settings": {sprintf("/s%d", [i]): {"properties": {"enabled": enabled}} | some i, enabled in settings}},
}

_required := {"autoscaling_required": true}

_verdict(it, needed) := [count(denied), count(unclear), count(aside)] if {
	denied := plan_autoscaled.deny with input as it with data.parameters as {"autoscaling_required": needed}
	unclear := plan_autoscaled.unknown with input as it with data.parameters as {"autoscaling_required": needed}
	aside := plan_autoscaled.not_applicable with input as it with data.parameters as {"autoscaling_required": needed}
}

test_denies_a_plan_that_nothing_scales if {
	some finding in plan_autoscaled.deny with input as _plan("P1v3", false, []) with data.parameters as _required
	finding.path == "related.autoscale_settings.*.properties.enabled"
	finding.actual == 0
	finding.expected == "an autoscale setting that is on"
	_verdict(_plan("P1v3", false, []), true) == [1, 0, 0]
}

test_denies_a_setting_that_is_off if {
	some finding in plan_autoscaled.deny with input as _plan("P1v3", false, [false]) with data.parameters as _required
	finding.path == "related.autoscale_settings.*.properties.enabled"
	finding.actual == false
	finding.expected == true
	_verdict(_plan("P1v3", false, [false, false]), true) == [1, 0, 0]
}

test_a_setting_that_says_nothing_is_off if {
	it := {"resource": {"sku": {"name": "P1v3"}, "properties": {}}, "related": {"autoscale_settings": {"/s": {"id": "/s"}}}}
	_verdict(it, true) == [1, 0, 0]
}

test_passes_a_plan_that_scales if {
	_verdict(_plan("P1v3", false, [false, true]), true) == [0, 0, 0]
	_verdict(_plan("P1v3", true, []), true) == [0, 0, 0]
}

test_ignores_other_plans if {
	every sku in ["Y1", "FC1", "EP2", "WS1", "F1", "D1", "B3", "free", "Shared"] {
		_verdict(_plan(sku, true, []), true) == [0, 0, 1]
	}
}

test_ignores_it_where_none_is_required if _verdict(_plan("P1v3", true, []), false) == [0, 0, 1]

test_nothing_counted_is_unknown if {
	_verdict({"resource": {"sku": {"name": "P1v3"}, "properties": {}}}, true) == [0, 1, 0]
}
