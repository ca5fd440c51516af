# METADATA
# title: The SQL managed instance survives the loss of a zone
# description: |
#   Without zone redundancy the instance and its storage stand in one data centre, and its failure stops every database until it returns or
#   backups are restored. Zone redundancy needs backups that are stored in several zones as well.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/high-availability-sla-local-zone-redundancy
# custom:
#   check: SQLMI-ZR-001
#   severity: high
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - path: resource.properties.zoneRedundant
#       type: boolean
#       absent: "off: the default of an instance that does not say otherwise"
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: the copies in other zones are the spare capacity that takes over when one zone is lost
#     DORA-11-5: shows whether a instance for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the data available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan a failover inside the region instead of a restore
#     GDPR-32-1-b: adds resilience to the processing of the personal data held here
#   fix: {path: resource.properties.zoneRedundant, value: true}
#   remediation:
#     az: az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --zone-redundant true --backup-storage-redundancy GeoZone
#     terraform: |
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         zone_redundant_enabled = true
#         storage_account_type   = "GZRS"
#       }
#     bicep: |
#       resource instance 'Microsoft.Sql/managedInstances@2023-08-01' = {
#         // ...
#         properties: {
#           zoneRedundant: true
#           requestedBackupStorageRedundancy: 'GeoZone'
#         }
#       }
#     portal: Managed instance > Settings > Compute + storage > Zone redundancy
package azure.sql_managed_instance.zone_redundant

default _zone_redundant := false

_zone_redundant := input.resource.properties.zoneRedundant

not_applicable contains "zone redundancy is not required of this instance" if data.parameters.zone_redundancy_required == false

deny contains finding if {
	_zone_redundant == false
	finding := {
		"message": "the instance stands in one zone",
		"path": "resource.properties.zoneRedundant",
		"actual": false,
		"expected": true,
	}
}
