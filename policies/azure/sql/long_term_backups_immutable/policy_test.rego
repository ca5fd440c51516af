package azure.sql.long_term_backups_immutable_test

import data.azure.sql.long_term_backups_immutable

_database(immutability, weekly, monthly, yearly) := {"resource": {"name": "ledger"}, "children": {"backupLongTermRetentionPolicies": {"default": {"properties": {"timeBasedImmutability": immutability, "weeklyRetention": weekly, "monthlyRetention": monthly, "yearlyRetention": yearly}}}}}

test_denies_backups_that_can_be_deleted if {
	every immutability in ["Disabled", "DISABLED"] {
		some finding in long_term_backups_immutable.deny with input as _database(immutability, "P4W", "PT0S", "PT0S")
		finding.path == "children.backupLongTermRetentionPolicies.default.properties.timeBasedImmutability"
		finding.actual == immutability
		finding.expected == "Enabled"
		count(long_term_backups_immutable.unknown) == 0 with input as _database(immutability, "P4W", "PT0S", "PT0S")
	}
}

test_missing_setting_is_disabled if {
	database := {"resource": {"name": "ledger"}, "children": {"backupLongTermRetentionPolicies": {"default": {"properties": {"weeklyRetention": "P4W"}}}}}
	some finding in long_term_backups_immutable.deny with input as database
	finding.actual == "Disabled"
}

test_passes_immutable_backups if {
	every database in [_database("Enabled", "P4W", "PT0S", "PT0S"), _database("enabled", "PT0S", "P12M", "PT0S"), _database("Enabled", "PT0S", "PT0S", "P5Y")] {
		count(long_term_backups_immutable.deny) == 0 with input as database
		count(long_term_backups_immutable.unknown) == 0 with input as database
		count(long_term_backups_immutable.not_applicable) == 0 with input as database
	}
}

test_ignores_a_database_without_long_term_backups if {
	every database in [_database("Disabled", "PT0S", "PT0S", "PT0S"), {"resource": {"name": "ledger"}}] {
		some reason in long_term_backups_immutable.not_applicable with input as database
		reason == "no long-term backups are kept"
	}
}

test_ignores_the_system_database if {
	long_term_backups_immutable.not_applicable == {"the system database belongs to Azure"} with input as object.union(_database("Disabled", "P4W", "PT0S", "PT0S"), {"resource": {"name": "Master"}})
}

test_other_value_is_unknown if {
	count(long_term_backups_immutable.unknown) == 1 with input as _database("Novelty", "P4W", "PT0S", "PT0S")
	count(long_term_backups_immutable.deny) == 0 with input as _database("Novelty", "P4W", "PT0S", "PT0S")
}

test_what_is_no_duration_is_unknown if {
	every database in [_database("Enabled", "soon", "PT0S", "PT0S"), _database("Enabled", "PT0S", "soon", "PT0S"), _database("Enabled", "PT0S", "PT0S", "soon")] {
		count(long_term_backups_immutable.unknown) == 1 with input as database
	}
}
