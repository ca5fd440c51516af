# METADATA
# title: Data in the Data Explorer database does not live for ever
# description: |
#   The retention of a database is a hundred years when nobody sets it. Personal data in it then outlives every purpose. Tables may have a
#   shorter period of their own, which is not seen here. A database that follows another takes that one's period, and this policy does not
#   apply to it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/kusto/management/retention-policy
# custom:
#   check: ADX-RET-002
#   severity: medium
#   resource: Microsoft.Kusto/clusters/databases
#   reads:
#     - path: resource.properties.softDeletePeriod
#       type: string
#       absent: "36500 days: what Azure takes when no period is named"
#     - {path: resource.kind, type: string}
#   parameters:
#     kusto_retention_days_max: {type: integer, default: 1825, min: 1, max: 36500, meaning: most days that data in a Data Explorer database may live}
#   controls:
#     GDPR-5-1-e: compares the longest life of data in the database with the longest that its purpose allows
#     GDPR-25-2: the period of storage is bounded by default
#     RTS-11-2-g: data that is no longer needed goes by itself
#   remediation:
#     az: az kusto database update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --database-name DATABASE --read-write-database location=westeurope soft-delete-period=P365D
#     terraform: |
#       resource "azurerm_kusto_database" "example" {
#         # ...
#         soft_delete_period = "P365D"
#       }
#     bicep: |
#       resource database 'Microsoft.Kusto/clusters/databases@2024-04-13' = {
#         // ...
#         kind: 'ReadWrite'
#         properties: { softDeletePeriod: 'P365D' }
#       }
#     note: A shorter period deletes older data within a day or two.
package azure.data_explorer.database_retention_bounded

import data.lib.arm
import data.lib.durations

default _period := "P36500D"

_period := input.resource.properties.softDeletePeriod

_kind := input.resource.kind

not_applicable contains "the database follows another" if arm.same(_kind, "ReadOnlyFollowing")

deny contains finding if {
	durations.days(_period) > data.parameters.kusto_retention_days_max
	finding := {
		"message": sprintf("data lives for %v days, longer than %v", [durations.days(_period), data.parameters.kusto_retention_days_max]),
		"path": "resource.properties.softDeletePeriod",
		"actual": _period,
		"expected": sprintf("at most %v days", [data.parameters.kusto_retention_days_max]),
	}
}

unknown contains sprintf("%q is no length of time", [_period]) if not durations.days(_period)

unknown contains sprintf("the kind of database %q is not known", [_kind]) if not arm.one_of(_kind, ["ReadWrite", "ReadOnlyFollowing"])
