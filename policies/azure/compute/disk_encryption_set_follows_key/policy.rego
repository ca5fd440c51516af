# METADATA
# title: The disk encryption set follows the newest version of its key
# description: |
#   Otherwise the set stays with one version: a rotation in the vault changes nothing on the disks, and when that version is withdrawn
#   they can no longer be read.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/disk-encryption
# custom:
#   check: VM-CMK-003
#   severity: medium
#   resource: Microsoft.Compute/diskEncryptionSets
#   reads:
#     - path: resource.properties.rotationToLatestKeyVersionEnabled
#       type: boolean
#       absent: "false: a set stays with its version until told otherwise"
#   controls:
#     RTS-7-1: rotation in the vault reaches the disks
#     RTS-7-3: a compromised version can be replaced on all disks from the vault
#     RTS-6-2-d: the life of the key on disks is the one that the vault manages
#     RTS-6-4: a change of the key is one step in the vault and not one on every set
#   fix: {path: resource.properties.rotationToLatestKeyVersionEnabled, value: true}
#   remediation:
#     az: az disk-encryption-set update --resource-group RESOURCE_GROUP --name SET --enable-auto-key-rotation true --key-url KEY_URL --source-vault VAULT
#     terraform: |
#       resource "azurerm_disk_encryption_set" "example" {
#         # ...
#         auto_key_rotation_enabled = true
#         key_vault_key_id          = azurerm_key_vault_key.example.versionless_id
#       }
#     bicep: "properties: { rotationToLatestKeyVersionEnabled: true }"
package azure.compute.disk_encryption_set_follows_key

default _rotation_to_latest_key_version_enabled := false

_rotation_to_latest_key_version_enabled := input.resource.properties.rotationToLatestKeyVersionEnabled

deny contains finding if {
	_rotation_to_latest_key_version_enabled == false
	finding := {
		"message": "the set stays with one version of its key",
		"path": "resource.properties.rotationToLatestKeyVersionEnabled",
		"actual": _rotation_to_latest_key_version_enabled,
		"expected": true,
	}
}
