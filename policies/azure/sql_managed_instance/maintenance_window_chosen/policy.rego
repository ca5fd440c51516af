# METADATA
# title: The SQL managed instance is maintained at a time that the firm chose
# description: |
#   Azure patches the service from time to time and cuts connections when it does. Under the default configuration that happens on any
#   evening of the region; another configuration holds it to weekdays or weekends at night. The window counts for all databases of the
#   instance.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/maintenance-window
# custom:
#   check: SQLMI-INV-002
#   severity: low
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - path: resource.properties.maintenanceConfigurationId
#       type: string
#       absent: "SQL_Default: Azure picks the time where no configuration is named"
#   controls:
#     DORA-9-4-f: the policy for patches has hours of its own on the SQL managed instance, and not those that Azure picks
#     DORA-9-3-c: restarts for patches fall outside the hours in which the business needs the data
#     RTS-11-2-k: uses the setting that the provider offers for the part the firm operates
#   remediation:
#     az: az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --maint-config-id SQL_WestEurope_MI_2
#     terraform: |
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         maintenance_configuration_name = "SQL_WestEurope_MI_2"
#       }
#     bicep: |
#       properties: {
#         maintenanceConfigurationId: subscriptionResourceId('Microsoft.Maintenance/publicMaintenanceConfigurations', 'SQL_WestEurope_MI_2')
#       }
#     portal: Managed instance > Settings > Maintenance
package azure.sql_managed_instance.maintenance_window_chosen

default _configuration := "SQL_Default"

_configuration := input.resource.properties.maintenanceConfigurationId

_parts := split(_configuration, "/")

deny contains finding if {
	lower(_parts[count(_parts) - 1]) == "sql_default"
	finding := {
		"message": "Azure picks the time of maintenance",
		"path": "resource.properties.maintenanceConfigurationId",
		"actual": _configuration,
		"expected": "a configuration with a window",
	}
}

unknown contains "the name of the configuration is empty" if _parts[count(_parts) - 1] == ""
