package azure.container_registry.images_replicated_to_another_region_test

import data.azure.container_registry.images_replicated_to_another_region

_resource(locations) := {"resource": {"location": "West Europe"}, "children": {"replications": {location: {"name": location, "location": location} | some location in locations}}}

test_denies_no_other_region if {
	every locations in [[], ["westeurope"], ["West Europe"]] {
		some finding in images_replicated_to_another_region.deny with input as _resource(locations)
		finding.path == "children.replications.*.location"
		finding.actual == 0
		finding.expected == "a second region"
		count(images_replicated_to_another_region.not_applicable) == 0 with input as _resource(locations)
	}
}

test_passes_another_region if {
	count(images_replicated_to_another_region.deny) == 0 with input as _resource(["northeurope"])
	count(images_replicated_to_another_region.deny) == 0 with input as _resource(["westeurope", "northeurope"])
}

test_unknown_home_says_nothing if count(images_replicated_to_another_region.deny) == 0 with input as {"resource": {}, "children": {"replications": {}}}

test_not_required_is_not_judged if {
	images_replicated_to_another_region.not_applicable == {"a second region is not required for the images of this registry"} with input as _resource([]) with data.parameters as {"registry_replication_required": false}
}
