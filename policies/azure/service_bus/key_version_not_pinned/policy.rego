# METADATA
# title: The Service Bus namespace takes up new versions of its key by itself
# description: |
#   A key is only rotated when the service wraps its data keys with the new version. One that names a version stays on it until somebody
#   moves it, and is shut when that version expires or is disabled.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/configure-customer-managed-key
# custom:
#   check: SB-CMK-003
#   severity: medium
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - path: resource.properties.encryption.keyVaultProperties
#       type: array
#       absent: "none: a namespace that names no key is encrypted with one that Microsoft manages"
#   controls:
#     DORA-9-4-d: a rotated key protects the namespace only once it is used, which happens by itself without a version
#     RTS-7-1: renewal, one stage of the life of the key, reaches the namespace without a step by hand
#     RTS-7-3: a compromised key of the namespace is replaced by a new version in the vault
#   remediation:
#     terraform: |
#       resource "azurerm_servicebus_namespace" "example" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id = azurerm_key_vault_key.example.versionless_id
#           identity_id      = azurerm_user_assigned_identity.example.id
#         }
#       }
#     bicep: |
#       resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
#         // ...
#         properties: {
#           encryption: { keySource: 'Microsoft.KeyVault', keyVaultProperties: [ { keyName: keyName, keyVaultUri: vaultUri, keyVersion: '' } ] }
#         }
#       }
#     portal: Service Bus namespace > Settings > Encryption
package azure.service_bus.key_version_not_pinned

default _keys := []

_keys := input.resource.properties.encryption.keyVaultProperties

_pinned := {key.keyName | some key in _keys; object.get(key, "keyVersion", "") != ""}

not_applicable contains "no key of the firm is used" if count(_keys) == 0

deny contains finding if {
	count(_pinned) > 0
	finding := {
		"message": sprintf("the namespace stays on one version of %s", [concat(", ", sort(_pinned))]),
		"path": "resource.properties.encryption.keyVaultProperties",
		"actual": sort(_pinned),
		"expected": "no version",
	}
}

unknown contains "a key has no name" if {
	some key in _keys
	not _has_name(key)
}

_has_name(key) if is_string(key.keyName)
