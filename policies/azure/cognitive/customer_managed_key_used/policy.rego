# METADATA
# title: AI services are encrypted with a key that the firm controls
# description: |
#   Data is always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. Law asks for keys by classification and
#   risk, not for this mode as such: set customer_managed_key_required to false for classes that do not need it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/ai-services/encryption/cognitive-services-encryption-keys-portal
# custom:
#   check: COG-CMK-001
#   severity: medium
#   resource: Microsoft.CognitiveServices/accounts
#   reads:
#     - path: resource.properties.encryption.keySource
#       type: string
#       absent: "Microsoft.CognitiveServices: Azure manages the key until told otherwise"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that stored prompts, models and documents are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts stored prompts, models and documents at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the account on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the account, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among stored prompts, models and documents
#   remediation:
#     az: az cognitiveservices account update --resource-group RESOURCE_GROUP --name ACCOUNT --encryption '{"keySource":"Microsoft.KeyVault","keyVaultProperties":{"keyName":"KEY","keyVersion":"VERSION","keyVaultUri":"https://VAULT.vault.azure.net/"}}'
#     terraform: |
#       resource "azurerm_cognitive_account" "example" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id   = azurerm_key_vault_key.example.id
#           identity_client_id = azurerm_user_assigned_identity.example.client_id
#         }
#       }
#     bicep: "properties: { encryption: { keySource: 'Microsoft.KeyVault', keyVaultProperties: { keyName: key.name, keyVersion: version, keyVaultUri: vault.properties.vaultUri } } }"
package azure.cognitive.customer_managed_key_used

import data.lib.arm

default _key_source := "Microsoft.CognitiveServices"

_key_source := input.resource.properties.encryption.keySource

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_key_source, "Microsoft.CognitiveServices")
	finding := {
		"message": sprintf("the key is of %s", [_key_source]),
		"path": "resource.properties.encryption.keySource",
		"actual": _key_source,
		"expected": "Microsoft.KeyVault",
	}
}

unknown contains sprintf("keySource is %q, which this policy does not know", [_key_source]) if {
	not arm.one_of(_key_source, ["Microsoft.KeyVault", "Microsoft.CognitiveServices"])
}
