# METADATA
# title: The SQL database survives the loss of a zone
# description: |
#   Without zone redundancy all replicas of the database stand in one data centre, and its failure stops the database until it returns or a
#   backup is restored. Not offered in the Basic and Standard tiers of the DTU model: there the finding stands until the tier changes, or
#   the parameter says that zone redundancy is not needed. A database in an elastic pool has the redundancy of the pool: code that states it
#   for the pool alone gives no verdict for the database.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/high-availability-sla
# custom:
#   check: SQL-ZR-001
#   severity: high
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - {path: resource.properties.zoneRedundant, type: boolean}
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: the copies in other zones are the spare capacity that takes over when one zone is lost
#     DORA-11-5: shows whether a database for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the data available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan a failover inside the region instead of a restore
#     GDPR-32-1-b: adds resilience to the processing of the personal data held here
#   fix: {path: resource.properties.zoneRedundant, value: true}
#   remediation:
#     az: az sql db update --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --zone-redundant true
#     terraform: |
#       resource "azurerm_mssql_database" "example" {
#         # ...
#         zone_redundant = true
#       }
#     bicep: |
#       resource database 'Microsoft.Sql/servers/databases@2023-08-01' = {
#         // ...
#         properties: {
#           zoneRedundant: true
#         }
#       }
#     portal: SQL database > Settings > Compute + storage > Make this database zone redundant
package azure.sql.zone_redundant

_zone_redundant := input.resource.properties.zoneRedundant

not_applicable contains "zone redundancy is not required of this database" if data.parameters.zone_redundancy_required == false

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	_zone_redundant == false
	finding := {
		"message": "the database stands in one zone",
		"path": "resource.properties.zoneRedundant",
		"actual": false,
		"expected": true,
	}
}
