# METADATA
# title: Databases and plans of a critical function are zone redundant
# description: |
#   Judges SQL databases, elastic pools, managed instances and App Service plans whose declared criticality marks a critical or
#   important function. Without zone redundancy they stand in one data centre and are a single point of failure of the function. Unlike
#   the policies zone_redundant, pool_zone_redundant and plan_zone_redundant it cannot be switched off by a parameter. A resource
#   without a declared criticality gives unknown (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-sql-database
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-app-service
# custom:
#   check: HAO-SPOF-001
#   severity: high
#   resource:
#     - Microsoft.Sql/servers/databases
#     - Microsoft.Sql/servers/elasticPools
#     - Microsoft.Sql/managedInstances
#     - Microsoft.Web/serverfarms
#   reads:
#     - {path: resource.properties.zoneRedundant, type: boolean}
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a service of a critical function that is a single point of failure
#     DORA-11-5: a service on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the service has capacity left when one zone is gone
#   remediation:
#     az: |
#       az sql db update --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --zone-redundant true
#       az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --zone-redundant true --backup-storage-redundancy GeoZone
#       az appservice plan update --resource-group RESOURCE_GROUP --name PLAN --set zoneRedundant=true sku.capacity=2
#     terraform: |
#       resource "azurerm_mssql_database" "example" {
#         # ...
#         zone_redundant = true
#       }
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         zone_redundant_enabled = true
#         storage_account_type   = "GZRS"
#       }
#       resource "azurerm_service_plan" "example" {
#         # ...
#         sku_name               = "P1v3"
#         worker_count           = 2
#         zone_balancing_enabled = true
#       }
#     bicep: |
#       properties: {
#         zoneRedundant: true
#       }
#     note: |
#       Not in every tier: SQL needs vCores or Premium, a plan Premium v2 or later.
package azure.estate.critical_service_zone_redundant

import data.lib.arm

_zone_redundant := input.resource.properties.zoneRedundant

not_applicable contains "the system database belongs to Azure" if {
	lower(input.resource.type) == "microsoft.sql/servers/databases"
	lower(input.resource.name) == "master"
}

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	_zone_redundant == false
	finding := {
		"message": "single zone: zone redundancy is off, and a critical function hangs on it",
		"path": "resource.properties.zoneRedundant",
		"actual": false,
		"expected": true,
	}
}
