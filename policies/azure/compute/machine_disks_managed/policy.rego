# METADATA
# title: The disk of the machine is a managed disk
# description: |
#   Disks kept as page blobs share the limits, keys and faults of a storage account: whoever has its key can copy them, and machines of
#   one set can fail together. Azure retired them in 2026. Data disks are not judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/unmanaged-disks-deprecation
# custom:
#   check: VM-INV-002
#   severity: medium
#   resource: Microsoft.Compute/virtualMachines
#   reads:
#     - path: resource.properties.storageProfile.osDisk.vhd.uri
#       type: string
#       absent: "none: the disk is not a blob"
#     - path: resource.properties.storageProfile.osDisk.managedDisk.storageAccountType
#       type: string
#       absent: "none: code need not name the kind of storage"
#   controls:
#     DORA-7-intro: finds machines on a kind of disk that Azure retired
#     DORA-8-7: names a legacy dependency that needs an assessment
#     DORA-9-4-c: the disk is guarded by rights of its own and not by the keys of a storage account
#   remediation:
#     az: az vm convert --resource-group RESOURCE_GROUP --name VM
#     terraform: |
#       resource "azurerm_linux_virtual_machine" "example" {
#         # ...
#         os_disk {
#           caching              = "ReadWrite"
#           storage_account_type = "Premium_ZRS"
#         }
#       }
#     note: Stop and deallocate the machine first. The conversion cannot be undone.
package azure.compute.machine_disks_managed

_kind := input.resource.properties.storageProfile.osDisk.managedDisk.storageAccountType

deny contains finding if {
	uri := input.resource.properties.storageProfile.osDisk.vhd.uri
	finding := {
		"message": "the disk of the machine is a blob in a storage account",
		"path": "resource.properties.storageProfile.osDisk.vhd.uri",
		"actual": uri,
		"expected": "a managed disk",
	}
}

unknown contains "the kind of storage is empty" if _kind == ""
