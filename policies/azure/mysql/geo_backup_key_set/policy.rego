# METADATA
# title: MySQL has its own key for geo-redundant backups
# description: |
#   The copy of the backups in the paired region is encrypted with a key of that region. Without one, a server with geo-redundant backups
#   and a key of the firm cannot be restored when the region is lost, which is the only case the copy is for. A template shows the gap
#   before the server exists.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
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
#   controls:
#     DORA-9-4-d: the copy of the data in the other region is under a key of the firm as well
#     RTS-6-2-a: the rule on encryption at rest reaches the backup copy and not the primary data alone
#     RTS-6-2-d: use of keys is settled for the recovery region, before it is needed
#     RTS-7-2: a second key in the other region means that the loss of one vault does not make the backups unreadable
#     GDPR-32-1-a: personal data in the copied backups is encrypted under the firm's key there as well
#   remediation:
#     az: |
#       az mysql flexible-server update --resource-group RG --name SERVER \
#         --identity IDENTITY --key https://VAULT.vault.azure.net/keys/KEY \
#         --backup-identity GEO_IDENTITY --backup-key https://GEO_VAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         geo_redundant_backup_enabled = true
#         customer_managed_key {
#           key_vault_key_id                     = azurerm_key_vault_key.example.versionless_id
#           primary_user_assigned_identity_id    = azurerm_user_assigned_identity.example.id
#           geo_backup_key_vault_key_id          = azurerm_key_vault_key.geo.versionless_id
#           geo_backup_user_assigned_identity_id = azurerm_user_assigned_identity.geo.id
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: {
#           dataEncryption: {
#             type: 'AzureKeyVault'
#             primaryKeyURI: key.properties.keyUri
#             primaryUserAssignedIdentityId: identity.id
#             geoBackupKeyURI: geoKey.properties.keyUri
#             geoBackupUserAssignedIdentityId: geoIdentity.id
#           }
#         }
#       }
package azure.mysql.geo_backup_key_set

import data.lib.arm
import data.lib.keys

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

default _geo_redundant_backup := "Disabled"

_geo_redundant_backup := input.resource.properties.backup.geoRedundantBackup

default _geo_key := ""

_geo_key := input.resource.properties.dataEncryption.geoBackupKeyURI

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

not_applicable contains "backups are not copied to the paired region" if arm.same(_geo_redundant_backup, "Disabled")

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	arm.same(_geo_redundant_backup, "Enabled")
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

unknown contains sprintf("geoRedundantBackup is %q, which this policy does not know", [_geo_redundant_backup]) if {
	not arm.one_of(_geo_redundant_backup, ["Enabled", "Disabled"])
}
