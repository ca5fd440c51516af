package azure.redis.linked_cache_in_another_region_test

import data.azure.redis.linked_cache_in_another_region

cache(locations) := {
	"resource": {"location": "West Europe", "properties": {"linkedServers": locations}},
	"children": {"linkedServers": {sprintf("%d", [i]): {"properties": {"linkedRedisCacheLocation": location}} | some i, location in locations}},
}

required := {"cache_second_region_required": true}

test_denies_a_cache_alone if {
	some f in linked_cache_in_another_region.deny with input as cache([]) with data.parameters as required
	f.path == "children.linkedServers.*.properties.linkedRedisCacheLocation"
	f.actual == 0
	f.expected == "a linked cache in another region"
}

test_denies_a_link_in_the_region if {
	some f in linked_cache_in_another_region.deny with input as cache(["westeurope"]) with data.parameters as required
	f.actual == 1
}

test_passes_a_link_elsewhere if {
	count(linked_cache_in_another_region.deny) == 0 with input as cache(["North Europe"]) with data.parameters as required
	count(linked_cache_in_another_region.not_applicable) == 0 with input as cache(["North Europe"]) with data.parameters as required
}

test_denies_a_link_that_the_cache_does_not_name if {
	count(linked_cache_in_another_region.deny) == 1 with input as object.union(cache(["North Europe"]), {"resource": {"properties": {"linkedServers": []}}}) with data.parameters as required
}

test_not_required_is_not_judged if {
	linked_cache_in_another_region.not_applicable == {"a cache in another region is not required"} with input as cache([]) with data.parameters as {"cache_second_region_required": false}
}
