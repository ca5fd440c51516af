# METADATA
# title: Backups of the SQL managed instance are copied to the paired region
# description: |
#   Without a copy elsewhere, the loss of the region takes the instance and all its backups at once. The policy reads the redundancy that
#   was asked for, which code states too; Azure needs up to two days until a change is in force. Whether data may be kept in the paired
#   region is another policy's question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/automated-backups-overview
# custom:
#   check: SQLMI-BKP-001
#   severity: high
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - path: resource.properties.requestedBackupStorageRedundancy
#       type: string
#       absent: "Geo: the default of a instance that does not say otherwise"
#   parameters:
#     geo_redundant_backup_required: {type: boolean, default: true, meaning: whether backups must be copied to the paired region}
#   controls:
#     DORA-12-1-a: shows whether the scope of backup for this class of data includes a copy outside the region
#     DORA-9-3-b: keeps the loss of one region from becoming the loss of the data
#     RTS-8-2-b-i: compares the instance with the place of backup copies that the procedures require
#     GDPR-32-1-c: personal data can be restored in another region when its own is down
#     DORA-12-4: the copy is a storage resource in reserve that does not share the fate of the region
#   fix: {path: resource.properties.requestedBackupStorageRedundancy, value: Geo}
#   remediation:
#     az: az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --backup-storage-redundancy Geo
#     terraform: |
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         storage_account_type = "GRS"
#       }
#     bicep: |
#       resource instance 'Microsoft.Sql/managedInstances@2023-08-01' = {
#         // ...
#         properties: {
#           requestedBackupStorageRedundancy: 'Geo'
#         }
#       }
#     portal: Managed instance > Settings > Compute + storage > Backup storage redundancy
package azure.sql_managed_instance.geo_redundant_backup_enabled

import data.lib.arm

default _redundancy := "Geo"

_redundancy := input.resource.properties.requestedBackupStorageRedundancy

not_applicable contains "geo-redundant backup is not required of this instance" if data.parameters.geo_redundant_backup_required == false

deny contains finding if {
	arm.one_of(_redundancy, ["Local", "Zone"])
	finding := {
		"message": sprintf("the storage of backups is %s, so no copy leaves the region", [_redundancy]),
		"path": "resource.properties.requestedBackupStorageRedundancy",
		"actual": _redundancy,
		"expected": "Geo",
	}
}

unknown contains sprintf("requestedBackupStorageRedundancy is %q, which this policy does not know", [_redundancy]) if {
	not arm.one_of(_redundancy, ["Geo", "GeoZone", "Local", "Zone"])
}
