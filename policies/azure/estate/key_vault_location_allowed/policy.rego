# METADATA
# title: The vault of the encryption key is in an allowed region
# description: |
#   Whoever holds the key of encrypted data can open it, so the place of the key counts like a place of the data. A resource may use a key
#   in a vault of another region. Only the region of the vault that the key names is judged; the further regions of a Managed HSM are judged
#   with the pool. Resources without a customer-managed key are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
# custom:
#   check: RES-LOC-005
#   severity: medium
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
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
#     - path: related.key_vault.location
#       type: string
#       absent: "no customer-managed key is used"
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the key that opens this data, to compare with the regions that the contract names
#     RTS-4-2-b-ii: ties the location of the key to the asset that depends on it
#     GDPR-46-1: a key kept outside the list may not serve as a safeguard for this data
#   remediation:
#     az: |
#       az keyvault create --resource-group RESOURCE_GROUP --name VAULT --location westeurope --sku premium --enable-purge-protection true
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --key KEY_ID --identity IDENTITY_ID
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         location = "westeurope"
#       }
#     note: Make a key in a vault of an allowed region, point the resource to it, and keep the old key until no backup needs it.
package azure.estate.key_vault_location_allowed

import data.lib.locations

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "no customer-managed key is used" if not _keyed

_keyed if input.related.key_vault.location

deny contains finding if {
	locations.outside(input.related.key_vault.location, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("the vault of the key is in %s", [input.related.key_vault.location]),
		"path": "related.key_vault.location",
		"actual": input.related.key_vault.location,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the vault names no region" if locations.nowhere(input.related.key_vault.location)
