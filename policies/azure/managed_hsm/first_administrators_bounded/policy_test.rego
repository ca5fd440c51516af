package azure.managed_hsm.first_administrators_bounded_test

import data.azure.managed_hsm.first_administrators_bounded

_in(ids) := {"resource": {"properties": {"initialAdminObjectIds": ids}}}

_bounds := {"hsm_first_administrators_min": 2, "hsm_first_administrators_max": 3}

test_denies_too_few_and_too_many if {
	every ids in [["a"], ["a", "A"], ["a", "b", "c", "d"], []] {
		some finding in first_administrators_bounded.deny with input as _in(ids) with data.parameters as _bounds
		finding.path == "resource.properties.initialAdminObjectIds"
		finding.actual == count({lower(id) | some id in ids})
		finding.expected == "2 to 3"
	}
}

test_passes_the_bounds if {
	every ids in [["a", "b"], ["a", "b", "c"]] {
		count(first_administrators_bounded.deny) == 0 with input as _in(ids) with data.parameters as _bounds
		count(first_administrators_bounded.unknown) == 0 with input as _in(ids) with data.parameters as _bounds
	}
}

test_what_is_no_id_is_unknown if count(first_administrators_bounded.unknown) == 1 with input as _in(["a", "b", 7]) with data.parameters as _bounds

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(first_administrators_bounded.deny) == 0 with input as {} with data.parameters as {"hsm_first_administrators_min": 0, "hsm_first_administrators_max": 9}
