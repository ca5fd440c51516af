package azure.app_service.plan_instances_sufficient_test

import data.azure.app_service.plan_instances_sufficient

_resource(capacity, sku) := {"resource": {"sku": {"capacity": capacity, "name": sku}}}

test_denies_one if {
	some finding in plan_instances_sufficient.deny with input as _resource(1, "P1v3") with data.parameters as {"app_instances_min": 2}
	finding.path == "resource.sku.capacity"
	finding.actual == 1
	finding.expected == 2
	count(plan_instances_sufficient.not_applicable) == 0 with input as _resource(1, "P1v3")
}

test_passes_the_number if {
	count(plan_instances_sufficient.deny) == 0 with input as _resource(3, "P1v3") with data.parameters as {"app_instances_min": 3}
	count(plan_instances_sufficient.deny) == 1 with input as _resource(3, "P1v3") with data.parameters as {"app_instances_min": 4}
}

test_absent_is_one if {
	some finding in plan_instances_sufficient.deny with input as {"resource": {"sku": {"name": "S1"}}} with data.parameters as {"app_instances_min": 2}
	finding.actual == 1
}

test_plans_that_scale_are_not_judged if {
	every sku in ["Y1", "FC1", "EP2", "WS1"] {
		plan_instances_sufficient.not_applicable == {"the plan scales by itself"} with input as _resource(0, sku)
	}
}
