# METADATA
# title: The Event Hubs namespace encrypts its data twice
# description: |
#   With infrastructure encryption, events at rest are encrypted by the service and once more by the layer below it, so that one broken
#   key or algorithm does not expose them. It goes together with a customer-managed key and is chosen when that is first set; a finding on
#   an older namespace means a new one. Few risks call for it: set infrastructure_encryption_required to false for the classes that do
#   not.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/event-hubs/configure-customer-managed-key
# custom:
#   check: EH-CMK-002
#   severity: low
#   resource: Microsoft.EventHub/namespaces
#   reads:
#     - path: resource.properties.encryption.requireInfrastructureEncryption
#       type: boolean
#       absent: "off: Azure adds the second layer only where it was asked for"
#   parameters:
#     infrastructure_encryption_required: {type: boolean, default: true, meaning: whether data at rest must be encrypted a second time below the service}
#   controls:
#     DORA-9-4-d: shows whether the namespace has the second layer of encryption that the firm asks for by class of data
#     RTS-6-2-a: lets the firm compare its rule for data at rest with the number of layers that the namespace really has
#     GDPR-32-1-a: a flaw in one layer alone does not lay personal data open
#   remediation:
#     az: |
#       az eventhubs namespace encryption add --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --infra-encryption true \
#         --encryption-config key-name=KEY key-vault-uri=https://VAULT.vault.azure.net user-assigned-identity=IDENTITY_ID
#     terraform: |
#       resource "azurerm_eventhub_namespace_customer_managed_key" "example" {
#         # ...
#         infrastructure_encryption_enabled = true
#       }
#     bicep: |
#       resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
#         // ...
#         properties: {
#           encryption: {
#             keySource: 'Microsoft.KeyVault'
#             requireInfrastructureEncryption: true
#           }
#         }
#       }
package azure.event_hubs.infrastructure_encryption_enabled

default _double := false

_double := input.resource.properties.encryption.requireInfrastructureEncryption

not_applicable contains "a second layer of encryption is not required for this data" if data.parameters.infrastructure_encryption_required == false

deny contains finding if {
	not _double
	finding := {
		"message": "events are encrypted once only",
		"path": "resource.properties.encryption.requireInfrastructureEncryption",
		"actual": _double,
		"expected": true,
	}
}
