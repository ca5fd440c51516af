package azure.app_service.plan_elastic_ceiling_leaves_room_test

import data.azure.app_service.plan_elastic_ceiling_leaves_room

_plan(sku, elastic, capacity, ceiling) := {"resource": {
	"sku": {"name": sku, "capacity": capacity},
	"properties": {"elasticScaleEnabled": elastic, "maximumElasticWorkerCount": ceiling},
}}

_verdict(it) := [count(denied), count(aside)] if {
	denied := plan_elastic_ceiling_leaves_room.deny with input as it with data.parameters as {"autoscale_headroom_min": 2}
	aside := plan_elastic_ceiling_leaves_room.not_applicable with input as it with data.parameters as {"autoscale_headroom_min": 2}
}

test_denies_a_low_ceiling if {
	some finding in plan_elastic_ceiling_leaves_room.deny with input as _plan("P1v3", true, 3, 4) with data.parameters as {"autoscale_headroom_min": 2}
	finding.path == "resource.properties.maximumElasticWorkerCount"
	finding.actual == 4
	finding.expected == 5
	_verdict(_plan("EP2", false, 1, 1)) == [1, 0]
	_verdict({"resource": {"sku": {"name": "ep1"}, "properties": {"maximumElasticWorkerCount": 2}}}) == [1, 0]
}

test_passes_room_enough if {
	_verdict(_plan("P1v3", true, 3, 5)) == [0, 0]
	_verdict({"resource": {"sku": {"name": "EP1"}, "properties": {"maximumElasticWorkerCount": 3}}}) == [0, 0]
}

test_ignores_other_plans if {
	_verdict(_plan("P1v3", false, 3, 1)) == [0, 1]
	_verdict({"resource": {"sku": {"name": "XEP1"}, "properties": {}}}) == [0, 1]
}
