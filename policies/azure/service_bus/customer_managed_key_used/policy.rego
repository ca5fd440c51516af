# METADATA
# title: The Service Bus namespace is encrypted with a key that the firm controls
# description: |
#   Messages at rest are always encrypted, but with a key that Azure manages the firm can neither rotate the key on its own terms nor
#   withdraw it. Law asks for keys by classification and risk: set customer_managed_key_required to false for the classes that do not need
#   one. Service Bus offers it in the Premium tier only; a namespace of another tier fails until it moves.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/configure-customer-managed-key
# custom:
#   check: SB-CMK-001
#   severity: medium
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - path: resource.properties.encryption.keySource
#       type: string
#       absent: "none: without a key of its own a namespace is encrypted with one that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that the key over the data in the namespace is the firm's own
#     RTS-6-2-a: shows whose key encrypts the namespace at rest, so that the encryption rule can be compared with what is in force
#     RTS-6-2-d: rules on the use and life of keys can only be carried out on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the namespace, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data that Azure does in any case
#   remediation:
#     az: |
#       az servicebus namespace encryption add --resource-group RESOURCE_GROUP --namespace-name NAMESPACE \
#         --encryption-config key-name=KEY key-vault-uri=https://VAULT.vault.azure.net user-assigned-identity=IDENTITY_ID
#     terraform: |
#       resource "azurerm_servicebus_namespace" "example" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id = azurerm_key_vault_key.example.id
#           identity_id      = azurerm_user_assigned_identity.example.id
#         }
#       }
#     bicep: |
#       resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
#         // ...
#         properties: {
#           encryption: {
#             keySource: 'Microsoft.KeyVault'
#             keyVaultProperties: [
#               { keyName: key.name, keyVaultUri: vault.properties.vaultUri, identity: { userAssignedIdentity: identity.id } }
#             ]
#           }
#         }
#       }
#     note: |
#       The identity needs the role Key Vault Crypto Service Encryption User on the key first, and the vault needs purge protection.
package azure.service_bus.customer_managed_key_used

import data.lib.arm

default _source := "none"

_source := input.resource.properties.encryption.keySource

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_source == "none"
	finding := {
		"message": "the namespace is encrypted with a key that Azure manages",
		"path": "resource.properties.encryption.keySource",
		"actual": _source,
		"expected": "Microsoft.KeyVault",
	}
}

unknown contains sprintf("keySource is %q, which this policy does not know", [_source]) if {
	not arm.one_of(_source, ["none", "Microsoft.KeyVault"])
}
