# METADATA
# title: The autoscale setting is on
# description: |
#   A setting that is off leaves its target with the instances that it had at that moment, whatever the load. Somebody switched it off for a
#   test or an incident, and it stayed so.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-overview
# custom:
#   check: SCL-AUTO-001
#   severity: medium
#   resource: Microsoft.Insights/autoscalesettings
#   reads:
#     - path: resource.properties.enabled
#       type: boolean
#       absent: "false: the API creates a setting that says nothing switched off"
#   controls:
#     DORA-7-c: shows rules for peak volumes that are written and not in force
#     RTS-9-1-c: the reaction to a shortage of capacity is switched on
#   fix: {path: resource.properties.enabled, value: true}
#   remediation:
#     az: az monitor autoscale update --resource-group RESOURCE_GROUP --name SETTING --enabled true
#     terraform: |
#       resource "azurerm_monitor_autoscale_setting" "example" {
#         # ...
#         enabled = true
#       }
#     bicep: "properties: { enabled: true }"
package azure.autoscale.enabled

default _enabled := false

_enabled := input.resource.properties.enabled

deny contains finding if {
	_enabled == false
	finding := {
		"message": "the autoscale setting is off",
		"path": "resource.properties.enabled",
		"actual": _enabled,
		"expected": true,
	}
}
