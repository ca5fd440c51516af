# METADATA
# title: Backups of the MySQL server are copied to the paired region
# description: |
#   Backups that stay in the region of the server are lost with it. Geo-redundancy can be turned on later only for a server whose backups
#   are locally redundant; one that was created with zone-redundant high availability must be restored or rebuilt, and azurerm always
#   rebuilds. A region without a pair cannot offer it; the finding stays a fail there, because no copy leaves the region, and is answered by
#   another region, a replica elsewhere with a waiver, or the parameter. Whether data may be kept in the paired region is another policy's
#   question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore
# custom:
#   check: MY-BKP-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no geo-redundant backup"
#   parameters:
#     geo_redundant_backup_required: {type: boolean, default: true, meaning: whether backups must be copied to the paired region}
#   controls:
#     DORA-12-1-a: shows that the copy which the criticality of the data asks for is kept in another region
#     DORA-9-3-b: a copy in another region takes away the risk that one regional event destroys data and backups together
#     RTS-8-2-b-i: shows that the place of backups is the one which the operating procedures ask for
#     GDPR-32-1-c: access to personal data can be restored in another region when the first one is lost
#   remediation:
#     az: az mysql flexible-server update --resource-group RG --name SERVER --geo-redundant-backup Enabled
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         geo_redundant_backup_enabled = true # replaces the server: move the data first, or use az and import
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: { backup: { backupRetentionDays: 14, geoRedundantBackup: 'Enabled' } }
#       }
#     portal: Server > Settings > Compute + storage > Backups > Geo-redundancy
#     note: A server with a key of the firm needs a second key and identity in the paired region.
package azure.mysql.geo_redundant_backup_enabled

import data.lib.arm

default _geo_redundant_backup := "Disabled"

_geo_redundant_backup := input.resource.properties.backup.geoRedundantBackup

not_applicable contains "geo-redundant backup is not required of this server" if {
	data.parameters.geo_redundant_backup_required == false
}

deny contains finding if {
	arm.same(_geo_redundant_backup, "Disabled")
	finding := {
		"message": sprintf("geo-redundant backup is %s, so no copy of the backups leaves the region", [_geo_redundant_backup]),
		"path": "resource.properties.backup.geoRedundantBackup",
		"actual": _geo_redundant_backup,
		"expected": "Enabled",
	}
}

unknown contains sprintf("geoRedundantBackup is %q, which this policy does not know", [_geo_redundant_backup]) if {
	not arm.one_of(_geo_redundant_backup, ["Enabled", "Disabled"])
}
