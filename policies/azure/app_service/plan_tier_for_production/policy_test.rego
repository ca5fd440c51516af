package azure.app_service.plan_tier_for_production_test

import data.azure.app_service.plan_tier_for_production

_resource(sku) := {"resource": {"sku": {"name": sku}}}

test_denies_small_tiers if {
	every sku in ["F1", "FREE", "D1", "Shared", "B1", "b3"] {
		some finding in plan_tier_for_production.deny with input as _resource(sku)
		finding.path == "resource.sku.name"
		finding.actual == sku
		finding.expected == "P1v3"
		count(plan_tier_for_production.unknown) == 0 with input as _resource(sku)
	}
}

test_passes_tiers_for_production if {
	every sku in ["S1", "P1v3", "P0V4", "P1mv3", "I1v2", "I1mv2", "EP1", "WS1", "Y1", "FC1"] {
		count(plan_tier_for_production.deny) == 0 with input as _resource(sku)
		count(plan_tier_for_production.unknown) == 0 with input as _resource(sku)
	}
}

test_other_tier_is_unknown if {
	count(plan_tier_for_production.unknown) == 1 with input as _resource("Z1")
	count(plan_tier_for_production.deny) == 0 with input as _resource("Z1")
}
