package azure.data_explorer.administrators_are_groups_test

import data.azure.data_explorer.administrators_are_groups

_in(value) := {"resource": {"properties": {"principalType": value, "role": "AllDatabasesAdmin"}}}

test_denies_the_bad if {
	every value in ["User", "USER"] {
		some finding in administrators_are_groups.deny with input as _in(value)
		finding.path == "resource.properties.principalType"
		finding.actual == value
		finding.expected == "Group or App"
		count(administrators_are_groups.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Group", "App", "GROUP", "APP"] {
		count(administrators_are_groups.deny) == 0 with input as _in(value)
		count(administrators_are_groups.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(administrators_are_groups.deny) == 0 with input as {"resource": {"properties": {"role": "AllDatabasesAdmin"}}}
	count(administrators_are_groups.unknown) == 0 with input as {"resource": {"properties": {"role": "AllDatabasesAdmin"}}}
}

test_other_value_is_unknown if {
	count(administrators_are_groups.unknown) == 1 with input as _in("Otherwise")
	count(administrators_are_groups.deny) == 0 with input as _in("Otherwise")
}

_with0(value) := {"resource": {"properties": {"principalType": "User", "role": value}}}

test_does_not_apply_0 if {
	every value in ["AllDatabasesViewer", "AllDatabasesMonitor", "ALLDATABASESVIEWER"] {
		some reason in administrators_are_groups.not_applicable with input as _with0(value)
		reason == "the role does not administer the cluster"
		count(administrators_are_groups.unknown) == 0 with input as _with0(value)
	}
	every value in ["AllDatabasesAdmin"] {
		count(administrators_are_groups.not_applicable) == 0 with input as _with0(value)
		count(administrators_are_groups.unknown) == 0 with input as _with0(value)
	}
	count(administrators_are_groups.unknown) == 1 with input as _with0("Otherwise")
	count(administrators_are_groups.not_applicable) == 0 with input as _with0("Otherwise")
}
