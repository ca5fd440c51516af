# METADATA
# title: The SQL managed instance raises alerts on every kind of threat
# description: |
#   Each kind of alert that is switched off is a kind of attack that nobody hears of: injected statements, access from unusual places,
#   guessed passwords. A false alarm is better silenced by a suppression rule, which has an end.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/threat-detection-configure
# custom:
#   check: LOG-DEF-002
#   severity: medium
#   resource: Microsoft.Sql/managedInstances/securityAlertPolicies
#   reads:
#     - {path: resource.properties.state, type: string}
#     - path: resource.properties.disabledAlerts
#       type: array
#       absent: "none: every kind of alert is raised"
#   controls:
#     DORA-10-1: no kind of unusual access to the instance is left out of detection
#     RTS-23-2-b: the tool raises alerts on all the anomalies of the instance that it knows
#   remediation:
#     terraform: |
#       resource "azurerm_mssql_managed_instance_security_alert_policy" "example" {
#         resource_group_name   = azurerm_mssql_managed_instance.example.resource_group_name
#         managed_instance_name = azurerm_mssql_managed_instance.example.name
#         enabled               = true
#         disabled_alerts       = []
#       }
#     bicep: |
#       resource alerts 'Microsoft.Sql/managedInstances/securityAlertPolicies@2023-08-01' = {
#         parent: instance
#         name: 'Default'
#         properties: {
#           state: 'Enabled'
#           disabledAlerts: []
#         }
#       }
#     portal: Managed instance > Security > Microsoft Defender for Cloud > Configure
package azure.sql_managed_instance.threat_alerts_complete

import data.lib.arm

_switch := input.resource.properties.state

default _list := []

_list := input.resource.properties.disabledAlerts

# Azure shows an empty list as a list with one empty text.
_entries contains entry if {
	some entry in _list
	trim_space(entry) != ""
}

not_applicable contains "threat detection is off" if arm.one_of(_switch, ["Disabled", "New"])

deny contains finding if {
	count(_entries) > 0
	finding := {
		"message": sprintf("no alerts are raised for %s", [concat(", ", sort(_entries))]),
		"path": "resource.properties.disabledAlerts",
		"actual": _list,
		"expected": [],
	}
}

unknown contains "the list holds something that is no text" if {
	some entry in _list
	not is_string(entry)
}

unknown contains sprintf("the state is %q, which this policy does not know", [_switch]) if {
	not arm.one_of(_switch, ["Enabled", "Disabled", "New"])
}
