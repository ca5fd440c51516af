package azure.compute.scale_set_autoscaled_test

import data.azure.compute.scale_set_autoscaled

_set(tags, settings) := {
	"resource": {"tags": tags},
	"related": {"autoscale_settings": {sprintf("/s%d", [i]): {"properties": {"enabled": enabled}} | some i, enabled in settings}},
}

_required := {"autoscaling_required": true}

_verdict(it, needed) := [count(denied), count(unclear), count(aside)] if {
	denied := scale_set_autoscaled.deny with input as it with data.parameters as {"autoscaling_required": needed}
	unclear := scale_set_autoscaled.unknown with input as it with data.parameters as {"autoscaling_required": needed}
	aside := scale_set_autoscaled.not_applicable with input as it with data.parameters as {"autoscaling_required": needed}
}

test_denies_a_set_that_nothing_scales if {
	some finding in scale_set_autoscaled.deny with input as _set({"owner": "aks-managed-x"}, []) with data.parameters as _required
	finding.path == "related.autoscale_settings.*.properties.enabled"
	finding.actual == 0
	finding.expected == "an autoscale setting that is on"
	_verdict(_set({}, []), true) == [1, 0, 0]
}

test_denies_a_setting_that_is_off if {
	some finding in scale_set_autoscaled.deny with input as _set({}, [false]) with data.parameters as _required
	finding.path == "related.autoscale_settings.*.properties.enabled"
	finding.actual == false
	finding.expected == true
	_verdict(_set({}, [false, false]), true) == [1, 0, 0]
}

test_passes_a_set_that_scales if _verdict(_set({}, [false, true]), true) == [0, 0, 0]

test_passes_sets_of_a_cluster if _verdict(_set({"AKS-managed-poolName": "apps"}, []), true) == [0, 0, 0]

test_ignores_it_where_none_is_required if _verdict(_set({}, [true]), false) == [0, 0, 1]

test_nothing_counted_is_unknown if _verdict({"resource": {}}, true) == [0, 1, 0]
