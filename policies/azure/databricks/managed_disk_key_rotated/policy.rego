# METADATA
# title: Disks of the Databricks workspace take up new versions of their key by themselves
# description: |
#   A key is only rotated when the service wraps its data keys with the new version. One that names a version stays on it until somebody
#   moves it, and is shut when that version expires or is disabled.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/keys/customer-managed-key-managed-disks-azure
# custom:
#   check: DBW-CMK-005
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.encryption.entities.managedDisk.keySource
#       type: string
#       absent: "none: disks are encrypted with a key that Microsoft manages"
#     - path: resource.properties.encryption.entities.managedDisk.rotationToLatestKeyVersionEnabled
#       type: boolean
#       absent: "off: disks stay on the version that they were given"
#   controls:
#     DORA-9-4-d: a rotated key protects the disks only once it is used, which happens by itself without a version
#     RTS-7-1: renewal, one stage of the life of the key, reaches the disks without a step by hand
#     RTS-7-3: a compromised key of the disks is replaced by a new version in the vault
#   fix: {path: resource.properties.encryption.entities.managedDisk.rotationToLatestKeyVersionEnabled, value: true}
#   remediation:
#     az: az databricks workspace update --resource-group RESOURCE_GROUP --name WORKSPACE --disk-key-auto-rotation true
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         managed_disk_cmk_rotation_to_latest_version_enabled = true
#       }
#     bicep: |
#       resource workspace 'Microsoft.Databricks/workspaces@2024-05-01' = {
#         // ...
#         properties: {
#           encryption: { entities: { managedDisk: { keySource: 'Microsoft.Keyvault', keyVaultProperties: keyProperties, rotationToLatestKeyVersionEnabled: true } } }
#         }
#       }
package azure.databricks.managed_disk_key_rotated

default _source := ""

_source := input.resource.properties.encryption.entities.managedDisk.keySource

default _rotated := false

_rotated := input.resource.properties.encryption.entities.managedDisk.rotationToLatestKeyVersionEnabled

not_applicable contains "the disks use no key of the firm" if _source == ""

deny contains finding if {
	_rotated == false
	finding := {
		"message": "new versions of the key are not taken up",
		"path": "resource.properties.encryption.entities.managedDisk.rotationToLatestKeyVersionEnabled",
		"actual": false,
		"expected": true,
	}
}
