package azure.monitor.log_profile_complete_test

import data.azure.monitor.log_profile_complete

_profile(categories) := {"resource": {"properties": {"categories": categories}}}

test_denies_a_missing_kind if {
	every kinds in [["Write", "Delete"], ["Write", "Action"], ["Delete", "Action"]] {
		some finding in log_profile_complete.deny with input as _profile(kinds)
		finding.path == "resource.properties.categories"
		finding.actual == kinds
		finding.expected == ["Write", "Delete", "Action"]
	}
}

test_denies_none_at_all if {
	some finding in log_profile_complete.deny with input as _profile([])
	finding.message == "the log profile does not export Action, Delete, Write"
}

test_what_is_no_text_does_not_count if count(log_profile_complete.deny) == 1 with input as _profile(["Write", "Delete", 7])

test_numbers_are_not_shown if {
	some finding in log_profile_complete.deny with input as _profile(["Write", 7])
	finding.actual == ["Write"]
}

test_passes_every_kind if count(log_profile_complete.deny) == 0 with input as _profile(["write", "DELETE", "Action"])
