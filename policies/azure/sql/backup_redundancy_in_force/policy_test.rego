package azure.sql.backup_redundancy_in_force_test

import data.azure.sql.backup_redundancy_in_force

_database(requested, current) := {"resource": {"name": "ledger", "properties": {"requestedBackupStorageRedundancy": requested, "currentBackupStorageRedundancy": current}}}

test_denies_what_is_not_in_force if {
	some finding in backup_redundancy_in_force.deny with input as _database("Geo", "Local")
	finding.path == "resource.properties.currentBackupStorageRedundancy"
	finding.actual == "Local"
	finding.expected == "Geo"
}

test_passes_what_is_in_force if {
	count(backup_redundancy_in_force.deny) == 0 with input as _database("Geo", "geo")
	count(backup_redundancy_in_force.not_applicable) == 0 with input as _database("Geo", "geo")
}

test_ignores_the_system_database if {
	some reason in backup_redundancy_in_force.not_applicable with input as {"resource": {"name": "Master"}}
	reason == "the system database belongs to Azure"
}
