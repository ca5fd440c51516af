# METADATA
# title: The vault has the tier that its keys need
# description: |
#   A standard vault keeps keys in software only. A premium vault can keep them in a hardware security module shared by tenants, a
#   Managed HSM in one of the firm's own.
#   The tier allows HSM keys and does not make them: a premium vault may still hold software keys. A vault can never be a Managed HSM,
#   so where that is the lowest tier every vault fails and its keys have to move.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
#   - ref: https://learn.microsoft.com/azure/security/fundamentals/key-management-choose
# custom:
#   check: KV-TIER-001
#   severity: high
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - {path: resource.properties.sku.name, type: string}
#   parameters:
#     key_vault_tier_min: {type: string, default: premium, allowed: [standard, premium, managed_hsm], meaning: lowest tier of the vault that holds a customer-managed key}
#   controls:
#     DORA-9-4-d: the tier limits how strongly a key can be protected, so it has to follow the classification of the data
#     RTS-7-2: compares the tier with the lowest that the class of the data allows; it shows the means of protection and not its use
#     RTS-6-3: the firm chooses the tier by class of asset, and this tests the choice
#     GDPR-32-1-a: encryption of personal data is worth as much as the place where its key is kept
#   remediation:
#     az: az resource update --ids VAULT_ID --set properties.sku.name=premium
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         sku_name = "premium"
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
#         // ...
#         properties: {
#           sku: {
#             family: 'A'
#             name: 'premium'
#           }
#         }
#       }
#     note: Keys that are in the vault stay what they are; make new ones of the kind RSA-HSM or EC-HSM. For managed_hsm, make the keys in a Managed HSM pool.
package azure.key_vault.tier_sufficient

_tiers := ["standard", "premium", "managed_hsm"]

deny contains finding if {
	some have, tier in _tiers
	tier == lower(input.resource.properties.sku.name)
	some need, lowest in _tiers
	lowest == data.parameters.key_vault_tier_min
	have < need
	finding := {
		"message": sprintf("the tier of the vault is %s", [tier]),
		"path": "resource.properties.sku.name",
		"actual": tier,
		"expected": sprintf("%s or higher", [lowest]),
	}
}

unknown contains reason if {
	tier := lower(input.resource.properties.sku.name)
	not tier in {"standard", "premium"}
	reason := sprintf("%q is no tier that this policy knows", [tier])
}
