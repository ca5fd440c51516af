# METADATA
# title: The data factory takes up new versions of its key by itself
# description: |
#   A key is only rotated when the service wraps its data keys with the new version. One that names a version stays on it until somebody
#   moves it, and is shut when that version expires or is disabled.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-factory/enable-customer-managed-key
# custom:
#   check: ADF-CMK-002
#   severity: low
#   resource: Microsoft.DataFactory/factories
#   reads:
#     - path: resource.properties.encryption.keyName
#       type: string
#       absent: "none: the factory is encrypted with a key that Microsoft manages"
#     - path: resource.properties.encryption.keyVersion
#       type: string
#       absent: "the newest: without a version Azure takes up each new one by itself"
#   controls:
#     DORA-9-4-d: a rotated key protects the factory only once it is used, which happens by itself without a version
#     RTS-7-1: renewal, one stage of the life of the key, reaches the factory without a step by hand
#     RTS-7-3: a compromised key of the factory is replaced by a new version in the vault
#   remediation:
#     terraform: |
#       resource "azurerm_data_factory" "example" {
#         # ...
#         customer_managed_key_id          = azurerm_key_vault_key.example.versionless_id
#         customer_managed_key_identity_id = azurerm_user_assigned_identity.example.id
#       }
#     bicep: |
#       resource factory 'Microsoft.DataFactory/factories@2018-06-01' = {
#         // ...
#         properties: {
#           encryption: { vaultBaseUrl: vaultUri, keyName: keyName, keyVersion: '', identity: { userAssignedIdentity: identity.id } }
#         }
#       }
package azure.data_factory.key_version_not_pinned

default _name := ""

_name := input.resource.properties.encryption.keyName

default _version := ""

_version := input.resource.properties.encryption.keyVersion

not_applicable contains "no key of the firm is used" if _name == ""

deny contains finding if {
	_version != ""
	finding := {
		"message": sprintf("the factory stays on version %s of its key", [_version]),
		"path": "resource.properties.encryption.keyVersion",
		"actual": _version,
		"expected": "no version",
	}
}
