# METADATA
# title: The key lives in a hardware security module
# description: |
#   A software key is decrypted in the memory of the service whenever it is used; a key in a hardware security module never leaves it
#   in the clear.
#   A premium vault may hold software keys: only the kind of the key tells. The kind is fixed when the key is made.
#   Azure lists keys without their kind and their rotation policy: without the kind (kty) the verdict is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
# custom:
#   check: KV-TIER-002
#   severity: high
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - {path: resource.properties.kty, type: string}
#   parameters:
#     key_hsm_required: {type: boolean, default: true, meaning: whether keys must be generated and kept in a hardware security module}
#   controls:
#     DORA-9-4-d: shows that this key has the protection of hardware where the classification asks for it
#     RTS-7-2: a key that cannot leave the hardware is guarded against disclosure; access to its use is another question
#     RTS-6-3: tests the choice between hardware and software that the firm made for the class of asset
#   remediation:
#     az: az keyvault key create --vault-name VAULT --name NEW_KEY --kty RSA-HSM --size 3072
#     terraform: |
#       resource "azurerm_key_vault_key" "example" {
#         # ...
#         key_type = "RSA-HSM"
#         key_size = 3072
#       }
#     bicep: |
#       resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
#         // ...
#         properties: {
#           kty: 'RSA-HSM'
#           keySize: 3072
#         }
#       }
#     note: The vault must be premium; then point the encryption of each user of the key at the new key.
package azure.key_vault.key_hsm_backed

import data.lib.key_kinds

not_applicable contains "a hardware security module is not required" if data.parameters.key_hsm_required == false

deny contains finding if {
	key_kinds.in_software(input.resource.properties.kty)
	finding := {
		"message": sprintf("the key is kept in software (%s)", [input.resource.properties.kty]),
		"path": "resource.properties.kty",
		"actual": input.resource.properties.kty,
		"expected": "RSA-HSM or EC-HSM",
	}
}

unknown contains reason if {
	kty := input.resource.properties.kty
	not key_kinds.in_hsm(kty)
	not key_kinds.in_software(kty)
	reason := sprintf("%s is no kind of key that this policy knows", [kty])
}
