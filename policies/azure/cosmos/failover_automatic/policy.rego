# METADATA
# title: Cosmos DB fails over to its second region by itself
# description: |
#   When the region that takes the writes fails, an account without service-managed failover takes no writes until somebody acts, or
#   Microsoft does. With several write regions there is nothing to fail over. An account in one region has nowhere to go, and is not judged
#   (second_region_configured).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/high-availability
# custom:
#   check: COS-GEO-002
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#     - path: resource.properties.enableAutomaticFailover
#       type: boolean
#       absent: "off: the default of an account that does not say otherwise"
#     - path: resource.properties.enableMultipleWriteLocations
#       type: boolean
#       absent: "off: one region takes the writes"
#   controls:
#     DORA-12-4: the capacity in the second region takes over without waiting for people
#     DORA-11-5: shows whether the redundancy that the impact analysis asks for works by itself
#     RTS-26-2: the switchover in the plan needs no decision in the middle of the night
#     RTS-24-1-b-ii-2: an objective of minutes can be met without people
#     GDPR-32-1-c: access to personal data comes back soon after its region failed
#   fix: {path: resource.properties.enableAutomaticFailover, value: true}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --enable-automatic-failover true
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         automatic_failover_enabled = true
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           enableAutomaticFailover: true
#         }
#       }
#     portal: Cosmos DB account > Settings > Replicate data globally > Service-Managed Failover
package azure.cosmos.failover_automatic

default _automatic := false

_automatic := input.resource.properties.enableAutomaticFailover

default _many_writers := false

_many_writers := input.resource.properties.enableMultipleWriteLocations

not_applicable contains "the account stands in one region" if count(input.resource.properties.locations) < 2

deny contains finding if {
	_automatic == false
	_many_writers == false
	finding := {
		"message": "the second region takes no writes until somebody acts",
		"path": "resource.properties.enableAutomaticFailover",
		"actual": false,
		"expected": true,
	}
}
