package azure.storage.copy_scope_restricted_test

import data.azure.storage.copy_scope_restricted

_account(value) := {"resource": {"properties": {"allowedCopyScope": value}}}

test_denies_the_bad if {
	every value in ["All", "all"] {
		some finding in copy_scope_restricted.deny with input as _account(value)
		finding.path == "resource.properties.allowedCopyScope"
		finding.actual == value
		finding.expected == ["AAD", "PrivateLink"]
		count(copy_scope_restricted.unknown) == 0 with input as _account(value)
	}
}

test_passes_the_good if {
	every value in ["AAD", "PrivateLink", "AAD"] {
		count(copy_scope_restricted.deny) == 0 with input as _account(value)
		count(copy_scope_restricted.unknown) == 0 with input as _account(value)
	}
}

test_missing_property_is_all if {
	some finding in copy_scope_restricted.deny with input as {"resource": {"properties": {}}}
	finding.actual == "All"
}

test_other_value_is_unknown if {
	count(copy_scope_restricted.unknown) == 1 with input as _account("Region")
	count(copy_scope_restricted.deny) == 0 with input as _account("Region")
}
