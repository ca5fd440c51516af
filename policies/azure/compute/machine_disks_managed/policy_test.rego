package azure.compute.machine_disks_managed_test

import data.azure.compute.machine_disks_managed

_disk(disk) := {"resource": {"properties": {"storageProfile": {"osDisk": disk}}}}

test_denies_a_blob if {
	some finding in machine_disks_managed.deny with input as _disk({"vhd": {"uri": "https://st.blob.core.windows.net/vhds/os.vhd"}})
	finding.path == "resource.properties.storageProfile.osDisk.vhd.uri"
	finding.actual == "https://st.blob.core.windows.net/vhds/os.vhd"
	finding.expected == "a managed disk"
}

test_passes_a_managed_disk if {
	count(machine_disks_managed.deny) == 0 with input as _disk({"managedDisk": {"storageAccountType": "Premium_ZRS"}})
	count(machine_disks_managed.unknown) == 0 with input as _disk({"managedDisk": {"storageAccountType": "Premium_ZRS"}})
}

test_empty_kind_is_unknown if {
	machine_disks_managed.unknown == {"the kind of storage is empty"} with input as _disk({"managedDisk": {"storageAccountType": ""}})
}
