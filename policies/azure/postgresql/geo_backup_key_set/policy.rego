# METADATA
# title: PostgreSQL has its own key for geo-redundant backups
# description: |
#   The copies of the backups in the paired region need a key of their own, held in that region. Without it a restore there, after the loss
#   of the first region, cannot open the backup. The key needs an identity of its own too: Azure refuses the one that opens the first key. Both
#   can be set on a server that has a customer-managed key and geo-redundant backup; these two are fixed when a server is created.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-configure-data-encryption
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
#   controls:
#     DORA-9-4-d: the copies of the data in the other region stay under a key that the firm holds, as the classification asks
#     DORA-12-3: a restore on separate systems in the paired region can open the backup without anything from the lost region
#     RTS-6-2-a: shows that the rule on encryption at rest reaches the copies of the backups too
#     RTS-6-2-d: gives the copies a key with its own life, so that it can be used when the first key is out of reach
#     RTS-7-2: loss of the vault in one region does not take the only key to the backups with it
#     GDPR-32-1-a: personal data in the copied backups is encrypted under the firm's key there as well
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER \
#         --backup-key https://GEO_VAULT.vault.azure.net/keys/GEO_KEY --backup-identity GEO_IDENTITY
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id                     = azurerm_key_vault_key.example.versionless_id
#           primary_user_assigned_identity_id    = azurerm_user_assigned_identity.example.id
#           geo_backup_key_vault_key_id          = azurerm_key_vault_key.geo.versionless_id
#           geo_backup_user_assigned_identity_id = azurerm_user_assigned_identity.geo.id
#         }
#       }
#     bicep: |
#       dataEncryption: {
#         type: 'AzureKeyVault'
#         primaryKeyURI: 'https://${vault.name}${environment().suffixes.keyvaultDns}/keys/${key.name}'
#         primaryUserAssignedIdentityId: identity.id
#         geoBackupKeyURI: 'https://${geoVault.name}${environment().suffixes.keyvaultDns}/keys/${geoKey.name}'
#         geoBackupUserAssignedIdentityId: geoIdentity.id
#       }
#     portal: Server > Security > Data encryption > Geo-redundant backup key
package azure.postgresql.geo_backup_key_set

import data.lib.arm
import data.lib.keys

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

default _geo_redundant := "Disabled"

_geo_redundant := input.resource.properties.backup.geoRedundantBackup

default _geo_key := ""

_geo_key := input.resource.properties.dataEncryption.geoBackupKeyURI

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

not_applicable contains "backups are not copied to the paired region" if arm.same(_geo_redundant, "Disabled")

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	arm.same(_geo_redundant, "Enabled")
	not keys.valid(_geo_key)
	finding := {
		"message": sprintf("backups are copied to the paired region, but geoBackupKeyURI is %q", [_geo_key]),
		"path": "resource.properties.dataEncryption.geoBackupKeyURI",
		"actual": _geo_key,
		"expected": "https://VAULT/keys/NAME",
	}
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains sprintf("geoRedundantBackup is %q, which this policy does not know", [_geo_redundant]) if {
	not arm.one_of(_geo_redundant, ["Enabled", "Disabled"])
}
