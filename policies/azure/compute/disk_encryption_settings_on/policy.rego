# METADATA
# title: Encryption inside the machine is not switched off for the disk
# description: |
#   Azure Disk Encryption encrypts a disk from inside the machine, on top of the encryption of the storage. A disk whose settings say
#   false had it switched off, or never got it. Disks that do not mention it are encrypted by the storage or at the host and are not
#   judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/disk-encryption-overview
# custom:
#   check: VM-CMK-002
#   severity: medium
#   resource: Microsoft.Compute/disks
#   reads:
#     - {path: resource.properties.encryptionSettingsCollection.enabled, type: boolean}
#   controls:
#     DORA-9-2: extends protection at rest to the disk as the machine sees it
#     RTS-6-2-a: shows that the rule on encryption at rest also reaches the disk as the machine sees it
#     GDPR-32-1-a: personal data in the disk as the machine sees it is not left outside the encryption of the machine
#   remediation:
#     az: az vm encryption enable --resource-group RESOURCE_GROUP --name VM --disk-encryption-keyvault VAULT
#     terraform: |
#       resource "azurerm_linux_virtual_machine" "example" {
#         # ...
#         encryption_at_host_enabled = true
#       }
#     note: "Azure Disk Encryption is being retired in favour of encryption at host: remove the settings and switch encryption at host on instead."
package azure.compute.disk_encryption_settings_on

_enabled := input.resource.properties.encryptionSettingsCollection.enabled

not_applicable contains "the disk does not use Azure Disk Encryption" if not _named

_named if is_boolean(input.resource.properties.encryptionSettingsCollection.enabled)

deny contains finding if {
	_enabled == false
	finding := {
		"message": "Azure Disk Encryption is off for the disk",
		"path": "resource.properties.encryptionSettingsCollection.enabled",
		"actual": _enabled,
		"expected": true,
	}
}
