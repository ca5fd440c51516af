# METADATA
# title: The vault of the key that encrypts a resource is protected against purging
# description: |
#   Whoever may purge a deleted vault or key can destroy everything that the key encrypts for good, within minutes. With purge protection a
#   deleted key stays recoverable until its retention has run out, for everybody. Purge protection cannot be switched off again. Azure leaves
#   the property out on a vault where it is off. For a Managed HSM that leaves it out Microsoft's sources contradict each other (on in the
#   API's definition, off in the guide): the answer is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/soft-delete-overview
# custom:
#   check: KV-PRO-001
#   severity: critical
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
#     - path: related.key_vault.properties.enablePurgeProtection
#       type: boolean
#       absent: "off for a vault: Azure leaves the property out when it is not on; unknown for a Managed HSM; without a vault Azure manages the key"
#   controls:
#     DORA-9-3-b: takes away the shortest way to lose all data of the resource, the destruction of its key
#     RTS-7-1: makes the destruction of a key, the last stage of its life, a matter of a waiting period and not of one command
#     RTS-7-2: protects the key against loss through error, malice or a stolen administrator account
#     GDPR-32-1-c: access to personal data can be restored after a key was deleted, because the key can be recovered
#   remediation:
#     az: |
#       az keyvault update --resource-group RESOURCE_GROUP --name VAULT --enable-purge-protection true
#       az keyvault update-hsm --resource-group RESOURCE_GROUP --hsm-name HSM --enable-purge-protection true   # for a Managed HSM
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         purge_protection_enabled   = true
#         soft_delete_retention_days = 90
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
#         // ...
#         properties: { enablePurgeProtection: true, softDeleteRetentionInDays: 90 /* ... */ }
#       }
#     portal: Key vault > Settings > Properties > Purge protection > Enable
package azure.estate.key_vault_purge_protected

import data.lib.arm

_store if input.related.key_vault.id

_vault if arm.same(input.related.key_vault.type, "Microsoft.KeyVault/vaults")

_managed_hsm if arm.same(input.related.key_vault.type, "Microsoft.KeyVault/managedHSMs")

_protection := input.related.key_vault.properties.enablePurgeProtection

_unprotected if {
	_vault
	not _protection
}

_unprotected if {
	_managed_hsm
	_protection == false
}

_known_store if _vault

_known_store if _managed_hsm

_says if is_boolean(_protection)

not_applicable contains "no key of the firm's own is used" if not _store

deny contains finding if {
	_unprotected
	finding := {
		"message": "the store that holds the key is not protected against purging",
		"path": "related.key_vault.properties.enablePurgeProtection",
		"actual": false,
		"expected": true,
	}
}

unknown contains "the store that holds the key is neither a vault nor a Managed HSM" if {
	_store
	not _known_store
}

unknown contains "the Managed HSM that holds the key does not say whether it is protected" if {
	_managed_hsm
	not _says
}
