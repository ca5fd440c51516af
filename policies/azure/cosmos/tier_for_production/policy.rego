# METADATA
# title: The Cosmos DB account is not of the free tier
# description: |
#   An account of the free tier is meant for trying the service out. It shares capacity, and the service level agreement does not cover it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/free-tier
# custom:
#   check: COS-HAO-010
#   severity: low
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.enableFreeTier
#       type: boolean
#       absent: "off: an account is of the free tier only when it says so"
#   controls:
#     DORA-7-b: the account is of a kind that its provider stands by
#     DORA-7-c: the account is not held to the small capacity of a trial
#     DORA-30-2-c: without a service level agreement the contract says nothing of the availability of this account
#   remediation:
#     az: az cosmosdb create --resource-group RESOURCE_GROUP --name NEW_ACCOUNT --enable-free-tier false
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         free_tier_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           enableFreeTier: false
#         }
#       }
#     note: The tier is fixed when the account is made. Make a new account and move the data.
package azure.cosmos.tier_for_production

default _enable_free_tier := false

_enable_free_tier := input.resource.properties.enableFreeTier

deny contains finding if {
	_enable_free_tier == true
	finding := {
		"message": "the account is of the free tier",
		"path": "resource.properties.enableFreeTier",
		"actual": true,
		"expected": false,
	}
}
