package azure.redis.enterprise_access_keys_disabled_test

import data.azure.redis.enterprise_access_keys_disabled

_database(value) := {"resource": {"properties": {"accessKeysAuthentication": value}}}

test_denies_the_bad if {
	every value in ["Enabled", "enabled"] {
		some finding in enterprise_access_keys_disabled.deny with input as _database(value)
		finding.path == "resource.properties.accessKeysAuthentication"
		finding.actual == value
		finding.expected == "Disabled"
		count(enterprise_access_keys_disabled.unknown) == 0 with input as _database(value)
	}
}

test_passes_the_good if {
	every value in ["Disabled", "DISABLED"] {
		count(enterprise_access_keys_disabled.deny) == 0 with input as _database(value)
		count(enterprise_access_keys_disabled.unknown) == 0 with input as _database(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(enterprise_access_keys_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(enterprise_access_keys_disabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(enterprise_access_keys_disabled.unknown) == 1 with input as _database("Sometimes")
	count(enterprise_access_keys_disabled.deny) == 0 with input as _database("Sometimes")
}
