# METADATA
# title: The SQL managed instance takes up new versions of its key by itself
# description: |
#   A key is only rotated when the instance wraps its data keys with the new version. Without automatic rotation somebody has to move the
#   instance to each new version by hand, and a version that expires or is disabled makes all databases inaccessible.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-key-rotation
# custom:
#   check: SQLMI-CMK-002
#   severity: medium
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - path: children.encryptionProtector.current.properties.autoRotationEnabled
#       type: boolean
#       absent: "off: the protector stays on the version that it was given"
#     - {path: children.encryptionProtector.current.properties.serverKeyType, type: string}
#   controls:
#     RTS-7-1: the instance follows the key through its life instead of staying on the version it began with
#     RTS-7-3: a key that was replaced is taken up by the instance without a change that somebody could forget
#   fix: {path: children.encryptionProtector.current.properties.autoRotationEnabled, value: true}
#   remediation:
#     az: |
#       az sql mi tde-key set --resource-group RESOURCE_GROUP --managed-instance INSTANCE --server-key-type AzureKeyVault \
#         --kid https://VAULT.vault.azure.net/keys/KEY/VERSION --auto-rotation-enabled true
#     terraform: |
#       resource "azurerm_mssql_managed_instance_transparent_data_encryption" "example" {
#         managed_instance_id   = azurerm_mssql_managed_instance.example.id
#         key_vault_key_id      = azurerm_key_vault_key.example.id
#         auto_rotation_enabled = true
#       }
#     bicep: |
#       resource protector 'Microsoft.Sql/managedInstances/encryptionProtector@2023-08-01' = {
#         parent: instance
#         name: 'current'
#         properties: {
#           serverKeyType: 'AzureKeyVault'
#           serverKeyName: '${vaultName}_${keyName}_${keyVersion}'
#           autoRotationEnabled: true
#         }
#       }
#     portal: Managed instance > Security > Transparent data encryption > Auto-rotate key
package azure.sql_managed_instance.key_rotated_automatically

import data.lib.arm

default _rotation := false

_rotation := input.children.encryptionProtector.current.properties.autoRotationEnabled

_kind := input.children.encryptionProtector.current.properties.serverKeyType

not_applicable contains "the protector is not a key of the firm" if arm.same(_kind, "ServiceManaged")

deny contains finding if {
	_rotation == false
	finding := {
		"message": "new versions of the key are not taken up",
		"path": "children.encryptionProtector.current.properties.autoRotationEnabled",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("serverKeyType is %q, which this policy does not know", [_kind]) if {
	not arm.one_of(_kind, ["ServiceManaged", "AzureKeyVault"])
}
