# METADATA
# title: The SQL elastic pool survives the loss of a zone
# description: |
#   The databases of a pool share its replicas. Without zone redundancy they all stand in one data centre, and its failure stops every one
#   of them. Not offered in the Basic and Standard tiers of the DTU model.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/high-availability-sla
# custom:
#   check: SQL-ZR-002
#   severity: high
#   resource: Microsoft.Sql/servers/elasticPools
#   reads:
#     - path: resource.properties.zoneRedundant
#       type: boolean
#       absent: "off: the default of a pool that does not say otherwise"
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: the copies in other zones are the spare capacity that takes over when one zone is lost
#     DORA-11-5: shows whether a pool for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the data available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan a failover inside the region instead of a restore
#     GDPR-32-1-b: adds resilience to the processing of the personal data held here
#   fix: {path: resource.properties.zoneRedundant, value: true}
#   remediation:
#     az: az sql elastic-pool update --resource-group RESOURCE_GROUP --server SERVER --name POOL --zone-redundant true
#     terraform: |
#       resource "azurerm_mssql_elasticpool" "example" {
#         # ...
#         zone_redundant = true
#       }
#     bicep: |
#       resource pool 'Microsoft.Sql/servers/elasticPools@2023-08-01' = {
#         // ...
#         properties: {
#           zoneRedundant: true
#         }
#       }
#     portal: SQL elastic pool > Settings > Configure > Make this elastic pool zone redundant
package azure.sql.pool_zone_redundant

default _zone_redundant := false

_zone_redundant := input.resource.properties.zoneRedundant

not_applicable contains "zone redundancy is not required of this pool" if data.parameters.zone_redundancy_required == false

deny contains finding if {
	_zone_redundant == false
	finding := {
		"message": "the pool stands in one zone",
		"path": "resource.properties.zoneRedundant",
		"actual": false,
		"expected": true,
	}
}
