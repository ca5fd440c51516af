package azure.authorization.lock_prevents_deletion_test

import data.azure.authorization.lock_prevents_deletion

_with(value) := {"resource": {"properties": {"level": value}}}

test_denies_the_wrong_value if {
	every value in ["NotSpecified", "NOTSPECIFIED"] {
		some finding in lock_prevents_deletion.deny with input as _with(value)
		finding.path == "resource.properties.level"
		finding.actual == value
		finding.expected == "CanNotDelete or ReadOnly"
		count(lock_prevents_deletion.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["CanNotDelete", "CANNOTDELETE", "ReadOnly", "READONLY"] {
		count(lock_prevents_deletion.deny) == 0 with input as _with(value)
		count(lock_prevents_deletion.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(lock_prevents_deletion.unknown) == 1 with input as _with("Maybe")
	count(lock_prevents_deletion.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(lock_prevents_deletion.deny) == 0 with input as {"resource": {"properties": {}}}
	count(lock_prevents_deletion.unknown) == 0 with input as {"resource": {"properties": {}}}
}
