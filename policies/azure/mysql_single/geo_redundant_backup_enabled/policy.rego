# METADATA
# title: Backups of the MySQL single server are copied to the paired region
# description: |
#   Without a copy elsewhere, the loss of the region takes the server and all its backups at once. The setting is fixed when the server is
#   created. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server
# custom:
#   check: MYS-BKP-002
#   severity: high
#   resource: Microsoft.DBforMySQL/servers
#   reads:
#     - path: resource.properties.storageProfile.geoRedundantBackup
#       type: string
#       absent: "Disabled: the default of a server that does not say otherwise"
#   parameters:
#     geo_redundant_backup_required: {type: boolean, default: true, meaning: whether backups must be copied to the paired region}
#   controls:
#     DORA-12-1-a: shows whether the scope of backup for this class of data includes a copy outside the region
#     DORA-9-3-b: keeps the loss of one region from becoming the loss of the data
#     RTS-8-2-b-i: compares the server with the place of backup copies that the procedures require
#     GDPR-32-1-c: personal data can be restored in another region when its own is down
#     DORA-12-4: the copy is a storage resource in reserve that does not share the fate of the region
#   remediation:
#     terraform: |
#       resource "azurerm_mysql_server" "example" {
#         # ...
#         geo_redundant_backup_enabled = true # changing it replaces the server
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/servers@2017-12-01' = {
#         // ...
#         properties: {
#           storageProfile: { geoRedundantBackup: 'Enabled' }
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.mysql_single.geo_redundant_backup_enabled

import data.lib.arm

default _copy := "Disabled"

_copy := input.resource.properties.storageProfile.geoRedundantBackup

not_applicable contains "geo-redundant backup is not required of this server" if data.parameters.geo_redundant_backup_required == false

deny contains finding if {
	arm.same(_copy, "Disabled")
	finding := {
		"message": sprintf("geo-redundant backup is %s, so no copy of the backups leaves the region", [_copy]),
		"path": "resource.properties.storageProfile.geoRedundantBackup",
		"actual": _copy,
		"expected": "Enabled",
	}
}

unknown contains sprintf("geoRedundantBackup is %q, which this policy does not know", [_copy]) if {
	not arm.one_of(_copy, ["Enabled", "Disabled"])
}
