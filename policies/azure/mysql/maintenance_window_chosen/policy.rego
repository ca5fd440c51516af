# METADATA
# title: The MySQL server is maintained at a time that the firm chose
# description: |
#   Azure patches the server about once a month and may restart it. Without a window of its own that happens at a time that Azure picks for
#   the region, which may be in the middle of a batch run or of trading hours.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-maintenance
# custom:
#   check: MY-INV-002
#   severity: low
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.maintenanceWindow.customWindow
#       type: string
#       absent: "Disabled: without a window of its own the server takes the one that Azure picks"
#   controls:
#     DORA-9-4-f: the policy for patches has hours of its own on the MySQL server, and not those that Azure picks
#     DORA-9-3-c: restarts for patches fall outside the hours in which the business needs the data
#     RTS-11-2-k: uses the setting that the provider offers for the part the firm operates
#   remediation:
#     az: |
#       az mysql flexible-server update --resource-group RESOURCE_GROUP --name SERVER --maintenance-window "Sun:2:00"
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         maintenance_window {
#           day_of_week  = 0
#           start_hour   = 2
#           start_minute = 0
#         }
#       }
#     bicep: |
#       properties: {
#         maintenanceWindow: { customWindow: 'Enabled', dayOfWeek: 0, startHour: 2, startMinute: 0 }
#       }
#     portal: Server > Settings > Maintenance > Custom schedule
package azure.mysql.maintenance_window_chosen

import data.lib.arm

default _custom_window := "Disabled"

_custom_window := input.resource.properties.maintenanceWindow.customWindow

deny contains finding if {
	arm.same(_custom_window, "Disabled")
	finding := {
		"message": "Azure picks the day and hour of maintenance",
		"path": "resource.properties.maintenanceWindow.customWindow",
		"actual": _custom_window,
		"expected": "Enabled",
	}
}

unknown contains sprintf("customWindow is %q, which this policy does not know", [_custom_window]) if {
	not arm.one_of(_custom_window, ["Enabled", "Disabled"])
}
