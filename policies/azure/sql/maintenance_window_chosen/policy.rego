# METADATA
# title: The SQL database is maintained at a time that the firm chose
# description: |
#   Azure patches the service from time to time and cuts connections when it does. Under the default configuration that happens on any
#   evening of the region; another configuration holds it to weekdays or weekends at night. A database in an elastic pool follows its pool
#   and passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/maintenance-window
# custom:
#   check: SQL-INV-002
#   severity: low
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - path: resource.properties.maintenanceConfigurationId
#       type: string
#       absent: "SQL_Default: Azure picks the time where no configuration is named"
#     - path: resource.properties.elasticPoolId
#       type: string
#       absent: "none: the database stands by itself"
#   controls:
#     DORA-9-4-f: the policy for patches has hours of its own on the SQL database, and not those that Azure picks
#     DORA-9-3-c: restarts for patches fall outside the hours in which the business needs the data
#     RTS-11-2-k: uses the setting that the provider offers for the part the firm operates
#   remediation:
#     az: az sql db update --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --maint-config-id SQL_WestEurope_DB_2
#     terraform: |
#       resource "azurerm_mssql_database" "example" {
#         # ...
#         maintenance_configuration_name = "SQL_WestEurope_DB_2"
#       }
#     bicep: |
#       properties: {
#         maintenanceConfigurationId: subscriptionResourceId('Microsoft.Maintenance/publicMaintenanceConfigurations', 'SQL_WestEurope_DB_2')
#       }
#     portal: SQL database > Settings > Maintenance
package azure.sql.maintenance_window_chosen

default _configuration := "SQL_Default"

_configuration := input.resource.properties.maintenanceConfigurationId

_parts := split(_configuration, "/")

default _pool := ""

_pool := input.resource.properties.elasticPoolId

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	lower(_parts[count(_parts) - 1]) == "sql_default"
	_pool == ""
	finding := {
		"message": "Azure picks the time of maintenance",
		"path": "resource.properties.maintenanceConfigurationId",
		"actual": _configuration,
		"expected": "a configuration with a window",
	}
}

unknown contains "the name of the configuration is empty" if _parts[count(_parts) - 1] == ""
