package azure.sql_managed_instance.backup_redundancy_in_force_test

import data.azure.sql_managed_instance.backup_redundancy_in_force

_instance(requested, current) := {"resource": {"properties": {"requestedBackupStorageRedundancy": requested, "currentBackupStorageRedundancy": current}}}

test_denies_what_is_not_in_force if {
	some finding in backup_redundancy_in_force.deny with input as _instance("Geo", "Local")
	finding.path == "resource.properties.currentBackupStorageRedundancy"
	finding.actual == "Local"
	finding.expected == "Geo"
}

test_passes_what_is_in_force if count(backup_redundancy_in_force.deny) == 0 with input as _instance("Geo", "geo")
