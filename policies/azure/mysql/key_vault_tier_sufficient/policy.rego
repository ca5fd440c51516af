# METADATA
# title: The vault of MySQL's key has the tier that the data demands
# description: |
#   A standard vault keeps keys in software. A premium vault can keep them in a shared hardware security module, a Managed HSM pool in one
#   that serves the firm alone. The tier says what the vault can do and not what this key is: a premium vault may still hold a software key
#   (key_hsm_backed). The parameter key_vault_tier_min sets the tier by the class of the data; none of the laws names one.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/overview
# custom:
#   check: KV-TIER-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - path: related.key_vault.properties.sku.name
#       type: string
#       absent: "a Managed HSM pool: its SKU does not stand under properties. A vault always has one"
#   parameters:
#     key_vault_tier_min: {type: string, default: premium, allowed: [standard, premium, managed_hsm], meaning: lowest tier of the vault that holds a customer-managed key}
#   controls:
#     DORA-9-4-d: the tier of the vault is compared with the one that the firm chose for the class of this data
#     RTS-7-2: the tier bounds how well the vault can protect a key against disclosure
#     RTS-6-3: where the firm's standard asks for hardware protection, this shows whether the vault can give it
#     GDPR-32-1-a: encryption of personal data is as strong as the place where its key is kept
#   remediation:
#     az: |
#       az keyvault update --resource-group RG --name VAULT --set properties.sku.name=premium
#       az keyvault key create --vault-name VAULT --name KEY --kty RSA-HSM --size 3072   # a key made before stays in software
#       az mysql flexible-server update --resource-group RG --name SERVER --identity IDENTITY --key https://VAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         sku_name = "premium"
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
#         // ...
#         properties: { sku: { family: 'A', name: 'premium' } }
#       }
#     note: |
#       A vault does not become a Managed HSM pool: make a pool and a key in it, and set that key on the server.
package azure.mysql.key_vault_tier_sufficient

import data.lib.arm

# For each tier that can be asked for, the tiers below it.
_below := {"standard": [], "premium": ["standard"], "managed_hsm": ["standard", "premium"]}

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_tier := "managed_hsm" if arm.same(input.related.key_vault.type, "Microsoft.KeyVault/managedHSMs")

_tier := lower(input.related.key_vault.properties.sku.name) if {
	arm.same(input.related.key_vault.type, "Microsoft.KeyVault/vaults")
}

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	_tier in _below[data.parameters.key_vault_tier_min]
	finding := {
		"message": sprintf("the key lies in a vault of the tier %s", [_tier]),
		"path": "related.key_vault.properties.sku.name",
		"actual": _tier,
		"expected": data.parameters.key_vault_tier_min,
	}
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains "the tier of the vault that holds the key is not known" if not _tier_known

_tier_known if _below[_tier]
