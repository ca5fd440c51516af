# METADATA
# title: The key of geo-redundant backups lies in the paired region
# description: |
#   Geo-redundant backups of PostgreSQL are copied to the Azure pair of the server's region. A second key that lies in the first region, or
#   in a third, is lost or out of reach together with what it should outlive. The pair comes from Microsoft's list of regions; for a region
#   that the list does not know, or that has no pair, the answer is unknown. A Managed HSM counts in every region in which it is provisioned.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-configure-data-encryption
#   - ref: https://learn.microsoft.com/azure/reliability/regions-paired
# custom:
#   check: PG-CMK-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: backups are copied to the paired region only when the server was created so"
#     - path: resource.properties.dataEncryption.geoBackupKeyURI
#       type: string
#       absent: "none: no key is set for the copies of the backups in the paired region"
#     - {path: resource.location, type: string}
#     - {path: related.geo_backup_key_vault.location, type: string}
#     - path: related.geo_backup_key_vault.properties.regions
#       type: array
#       absent: "one region: a vault, or a Managed HSM that was not extended, lies in its location only"
#   controls:
#     DORA-9-4-d: places the key of the copied backups where it protects them, under the firm's own hand
#     DORA-12-3: the systems on which data is restored in the paired region find the key in that region, apart from the source
#     RTS-6-2-a: checks that encryption of the copies at rest rests on a key beside the copies
#     RTS-6-2-d: correct use of the second key includes the place in which it is kept
#     RTS-7-2: the loss of one region cannot take both keys at once
#     GDPR-32-1-a: keeps encrypted personal data in the copies usable after the loss of a region
#   remediation:
#     az: |
#       az keyvault create --resource-group RESOURCE_GROUP --name GEO_VAULT --location PAIRED_REGION --sku premium --enable-purge-protection true
#       az keyvault key create --vault-name GEO_VAULT --name GEO_KEY --kty RSA-HSM --size 3072
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER \
#         --backup-key https://GEO_VAULT.vault.azure.net/keys/GEO_KEY --backup-identity GEO_IDENTITY
#     terraform: |
#       resource "azurerm_key_vault" "geo" {
#         # ...
#         location = "northeurope" # the pair of the server's region
#       }
#     bicep: |
#       resource geoVault 'Microsoft.KeyVault/vaults@2024-11-01' = {
#         name: geoVaultName
#         location: 'northeurope' // the pair of the server's region
#         // ...
#       }
#     note: A vault cannot be moved to another region. Keep the old key until the backups that it encrypts have run out of their retention.
package azure.postgresql.geo_backup_key_in_paired_region

import data.lib.arm
import data.lib.regions

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

default _geo_redundant := "Disabled"

_geo_redundant := input.resource.properties.backup.geoRedundantBackup

default _geo_key := ""

_geo_key := input.resource.properties.dataEncryption.geoBackupKeyURI

_pair := regions.pair(input.resource.location)

_location := input.related.geo_backup_key_vault.location

# A Managed HSM was extended to the paired region, ready for use or not.
_extended if {
	some region in input.related.geo_backup_key_vault.properties.regions
	arm.region(region.name) == _pair
}

_in_pair if arm.region(_location) == _pair

_in_pair if {
	some region in input.related.geo_backup_key_vault.properties.regions
	arm.region(region.name) == _pair
	arm.same(region.provisioningState, "Succeeded")
}

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

not_applicable contains "backups are not copied to the paired region" if arm.same(_geo_redundant, "Disabled")

not_applicable contains "no key is set for geo-redundant backups" if _geo_key == ""

deny contains finding if {
	arm.region(_location) != _pair
	not _extended
	finding := {
		"message": sprintf("the key of the geo-redundant backups lies in %s, the backups in %s", [_location, _pair]),
		"path": "related.geo_backup_key_vault.location",
		"actual": _location,
		"expected": _pair,
	}
}

unknown contains sprintf("no paired region is known for %s", [input.resource.location]) if not _pair

unknown contains sprintf("the Managed HSM is not ready in %s", [_pair]) if {
	_extended
	not _in_pair
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains sprintf("geoRedundantBackup is %q, which this policy does not know", [_geo_redundant]) if {
	not arm.one_of(_geo_redundant, ["Enabled", "Disabled"])
}
