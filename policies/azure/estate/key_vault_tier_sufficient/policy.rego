# METADATA
# title: The vault of the key that encrypts a resource has the tier that the data demands
# description: |
#   A standard vault keeps keys in software. A premium vault can keep them in a shared hardware security module, a Managed HSM in one of the
#   firm's own. The tier alone says where keys can be kept: a premium vault may hold software keys too, which the policy on keys judges. A
#   vault in a subscription that was not read gives unknown. A vault can be raised to premium in place; a Managed HSM is a new store with
#   new keys.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
#   - ref: https://learn.microsoft.com/azure/security/fundamentals/encryption-models
# custom:
#   check: KV-TIER-001
#   severity: high
#   resource:
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.Sql/servers/encryptionProtector
#     - Microsoft.Sql/managedInstances/encryptionProtector
#     - Microsoft.Compute/diskEncryptionSets
#     - Microsoft.Kusto/clusters
#     - Microsoft.DataProtection/backupVaults
#     - Microsoft.RecoveryServices/vaults
#     - Microsoft.ContainerRegistry/registries
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.OperationalInsights/clusters
#     - Microsoft.CognitiveServices/accounts
#     - Microsoft.DataFactory/factories
#   reads:
#     - path: related.key_vault.properties.sku.name
#       type: string
#       absent: "a Managed HSM has no such property, its tier is its type; a vault always has it, so without it the tier is unknown; without a vault Azure manages the key"
#   parameters:
#     key_vault_tier_min: {type: string, default: premium, allowed: [standard, premium, managed_hsm], meaning: lowest tier of the vault that holds a customer-managed key}
#   controls:
#     DORA-9-4-d: compares the store of the key with the tier that the firm set for data of this class
#     RTS-6-3: the firm's reading of leading practice for key storage is a parameter, and this is its comparison with the vault in use
#     RTS-7-2: protection of the key against disclosure rises with the tier of its store, chosen by classification
#     GDPR-32-1-a: the risk to encrypted personal data is no lower than the risk to the store of its key
#   remediation:
#     az: az resource update --ids VAULT_ID --set properties.sku.name=premium
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         sku_name = "premium"
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
#         // ...
#         properties: { sku: { family: 'A', name: 'premium' } /* ... */ }
#       }
#     note: Keys that exist stay software keys after the change. Create an HSM key and point the resource to it. For a Managed HSM, create the
#       key there and update the resource with its URI, where the service takes one.
package azure.estate.key_vault_tier_sufficient

import data.lib.arm

_tiers := ["standard", "premium", "managed_hsm"]

_store if input.related.key_vault.id

_vault if arm.same(input.related.key_vault.type, "Microsoft.KeyVault/vaults")

_managed_hsm if arm.same(input.related.key_vault.type, "Microsoft.KeyVault/managedHSMs")

_tier := lower(input.related.key_vault.properties.sku.name) if _vault

_tier := "managed_hsm" if _managed_hsm

# _rank(tier): the place of a tier, the lowest first.
_rank(tier) := i if {
	some i, known in _tiers
	known == tier
}

_known if _tier in _tiers

not_applicable contains "no key of the firm's own is used" if not _store

deny contains finding if {
	_rank(_tier) < _rank(data.parameters.key_vault_tier_min)
	finding := {
		"message": sprintf("the key is kept in a store of tier %s, below %s", [_tier, data.parameters.key_vault_tier_min]),
		"path": "related.key_vault.properties.sku.name",
		"actual": _tier,
		"expected": sprintf("%s or higher", [data.parameters.key_vault_tier_min]),
	}
}

unknown contains "the tier of the store that holds the key is not known" if {
	_store
	not _known
}
