# METADATA
# title: The throughput of the Cosmos DB database follows its load
# description: |
#   A database with a fixed throughput turns requests away when they need more. With autoscale the throughput moves between a tenth of the
#   largest number and that number. Databases whose containers have throughput of their own, and serverless accounts, name none here, and
#   Azure's answer may leave it out: the finding is then unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/provision-throughput-autoscale
# custom:
#   check: COS-SCL-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts/sqlDatabases
#   reads:
#     - path: resource.properties.options.throughput
#       type: integer
#       absent: "none fixed: the throughput follows the load, or lies with the containers"
#     - {path: resource.properties.options.autoscaleSettings.maxThroughput, type: integer}
#   parameters:
#     cosmos_max_throughput_min: {type: integer, default: 1000, min: 1000, max: 1000000, meaning: smallest upper bound of throughput in request units a second}
#   controls:
#     DORA-7-c: throughput follows the load up to a bound that the firm sets
#     RTS-9-1-c: throughput is raised when requests need more
#   remediation:
#     az: az cosmosdb sql database throughput migrate --resource-group RESOURCE_GROUP --account-name ACCOUNT --name DATABASE --throughput-type autoscale
#     terraform: |
#       resource "azurerm_cosmosdb_sql_database" "example" {
#         # ...
#         autoscale_settings {
#           max_throughput = 10000
#         }
#       }
#     bicep: "properties: { options: { autoscaleSettings: { maxThroughput: 10000 } } }"
package azure.cosmos.sql_throughput_autoscaled

_fixed := input.resource.properties.options.throughput

_ceiling := input.resource.properties.options.autoscaleSettings.maxThroughput

deny contains finding if {
	_fixed > 0
	finding := {
		"message": sprintf("the throughput is fixed at %d request units a second", [_fixed]),
		"path": "resource.properties.options.throughput",
		"actual": _fixed,
		"expected": "autoscale",
	}
}

deny contains finding if {
	_ceiling < data.parameters.cosmos_max_throughput_min
	finding := {
		"message": sprintf("the throughput may rise to %d request units a second", [_ceiling]),
		"path": "resource.properties.options.autoscaleSettings.maxThroughput",
		"actual": _ceiling,
		"expected": data.parameters.cosmos_max_throughput_min,
	}
}
