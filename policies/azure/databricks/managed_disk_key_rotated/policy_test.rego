package azure.databricks.managed_disk_key_rotated_test

import data.azure.databricks.managed_disk_key_rotated

_in(rotated) := {"resource": {"properties": {"encryption": {"entities": {"managedDisk": {"keySource": "Microsoft.Keyvault", "rotationToLatestKeyVersionEnabled": rotated}}}}}}

test_denies_without_rotation if {
	every workspace in [_in(false), {"resource": {"properties": {"encryption": {"entities": {"managedDisk": {"keySource": "Microsoft.Keyvault"}}}}}}] {
		some finding in managed_disk_key_rotated.deny with input as workspace
		finding.path == "resource.properties.encryption.entities.managedDisk.rotationToLatestKeyVersionEnabled"
		finding.actual == false
		finding.expected == true
		count(managed_disk_key_rotated.not_applicable) == 0 with input as workspace
	}
}

test_passes_with_rotation if count(managed_disk_key_rotated.deny) == 0 with input as _in(true)

test_does_not_apply_without_key if {
	some reason in managed_disk_key_rotated.not_applicable with input as {"resource": {"properties": {}}}
	reason == "the disks use no key of the firm"
}
