# METADATA
# title: The key of MySQL's geo-redundant backups lies in the paired region
# description: |
#   Geo-redundant backups lie in the paired region. A key for them that lies elsewhere, above all in the server's own region, can be lost
#   together with the server, and then the copy cannot be opened. A Managed HSM counts in every region in which it is provisioned. The pairs
#   come from a stored list of Azure's regions: a region without a known pair gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
#   - ref: https://learn.microsoft.com/azure/reliability/regions-paired
# custom:
#   check: MY-CMK-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no geo-redundant backup"
#     - path: resource.properties.dataEncryption.geoBackupKeyURI
#       type: string
#       absent: "none: no key is set for the copies of the backups in the paired region"
#     - {path: resource.location, type: string}
#     - {path: related.geo_backup_key_vault.location, type: string}
#     - path: related.geo_backup_key_vault.properties.regions
#       type: array
#       absent: "one region: a vault, or a Managed HSM that was not extended, lies in its location only"
#   controls:
#     DORA-9-4-d: the key of the backups stays available when the region of the server does not
#     RTS-6-2-d: shows where the key lies that a recovery in the other region depends on
#     RTS-7-2: keeping the second key in another region guards against losing both keys in one event
#     GDPR-32-1-a: encrypted personal data in the copies stays readable after the loss of a region
#   remediation:
#     az: |
#       az keyvault key create --vault-name GEO_VAULT --name KEY --kty RSA-HSM --size 3072   # GEO_VAULT stands in the paired region
#       az mysql flexible-server update --resource-group RG --name SERVER \
#         --identity IDENTITY --key https://VAULT.vault.azure.net/keys/KEY \
#         --backup-identity GEO_IDENTITY --backup-key https://GEO_VAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_key_vault" "geo" {
#         # ...
#         location = "northeurope" # the pair of westeurope
#       }
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         customer_managed_key {
#           # ...
#           geo_backup_key_vault_key_id          = azurerm_key_vault_key.geo.versionless_id
#           geo_backup_user_assigned_identity_id = azurerm_user_assigned_identity.geo.id
#         }
#       }
#     note: |
#       Backups made under the old key need it until they expire: keep it for the retention period.
package azure.mysql.geo_backup_key_in_paired_region

import data.lib.arm
import data.lib.regions

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

default _geo_redundant_backup := "Disabled"

_geo_redundant_backup := input.resource.properties.backup.geoRedundantBackup

default _geo_key := ""

_geo_key := input.resource.properties.dataEncryption.geoBackupKeyURI

_pair := regions.pair(input.resource.location)

_location := input.related.geo_backup_key_vault.location

# The places of the Managed HSM in the paired region, when it was extended to that region.
_copies contains region if {
	some region in input.related.geo_backup_key_vault.properties.regions
	arm.region(region.name) == _pair
}

_ready if {
	some region in _copies
	arm.same(region.provisioningState, "Succeeded")
}

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

not_applicable contains "backups are not copied to the paired region" if arm.same(_geo_redundant_backup, "Disabled")

not_applicable contains "no key is set for geo-redundant backups" if _geo_key == ""

deny contains finding if {
	arm.region(_location) != _pair
	count(_copies) == 0
	finding := {
		"message": sprintf("the key of the geo-redundant backups lies in %s, the backups in %s", [_location, _pair]),
		"path": "related.geo_backup_key_vault.location",
		"actual": _location,
		"expected": _pair,
	}
}

unknown contains sprintf("no paired region is known for %s", [input.resource.location]) if not _pair

unknown contains sprintf("the Managed HSM is not ready in %s", [_pair]) if {
	arm.region(_location) != _pair
	count(_copies) > 0
	not _ready
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains sprintf("geoRedundantBackup is %q, which this policy does not know", [_geo_redundant_backup]) if {
	not arm.one_of(_geo_redundant_backup, ["Enabled", "Disabled"])
}
