package azure.sql.data_encrypted_at_rest_test

import data.azure.sql.data_encrypted_at_rest

_database(value) := {"children": {"transparentDataEncryption": {"current": {"properties": {"state": value}}}}, "resource": {"name": "ledger"}}

test_denies_what_is_bad if {
	every value in ["Disabled", "DISABLED", "disabled"] {
		some finding in data_encrypted_at_rest.deny with input as _database(value)
		finding.path == "children.transparentDataEncryption.current.properties.state"
		finding.actual == value
		finding.expected == "Enabled"
		count(data_encrypted_at_rest.unknown) == 0 with input as _database(value)
	}
}

test_passes_what_is_good if {
	every value in ["Enabled", "ENABLED", "enabled"] {
		count(data_encrypted_at_rest.deny) == 0 with input as _database(value)
		count(data_encrypted_at_rest.unknown) == 0 with input as _database(value)
		count(data_encrypted_at_rest.not_applicable) == 0 with input as _database(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(data_encrypted_at_rest.deny) == 0 with input as {"resource": {"name": "ledger"}}
}

test_other_value_is_unknown if {
	count(data_encrypted_at_rest.unknown) == 1 with input as _database("Novelty")
	count(data_encrypted_at_rest.deny) == 0 with input as _database("Novelty")
}

test_ignores_the_system_database if {
	some reason in data_encrypted_at_rest.not_applicable with input as {"children": {"transparentDataEncryption": {"current": {"properties": {"state": "Disabled"}}}}, "resource": {"name": "Master"}}
	reason == "the system database belongs to Azure"
}
