# METADATA
# title: Somebody receives the threat alerts of the SQL managed instance
# description: |
#   An alert that stays in the portal is found by whoever happens to look. An address, best one that a team reads, brings it to people who
#   can act. Contacts of Microsoft Defender for Cloud and rules on alerts are other ways, and not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/threat-detection-configure
# custom:
#   check: LOG-DEF-003
#   severity: low
#   resource: Microsoft.Sql/managedInstances/securityAlertPolicies
#   reads:
#     - {path: resource.properties.state, type: string}
#     - path: resource.properties.emailAddresses
#       type: array
#       absent: "none: nobody is written to"
#   controls:
#     RTS-23-2-b: the alerts reach people and do not only exist
#     GDPR-33-1: the time to report a breach begins with somebody who hears of it
#     DORA-10-1: an anomaly that was recognised is told promptly
#   remediation:
#     terraform: |
#       resource "azurerm_mssql_managed_instance_security_alert_policy" "example" {
#         resource_group_name   = azurerm_mssql_managed_instance.example.resource_group_name
#         managed_instance_name = azurerm_mssql_managed_instance.example.name
#         enabled               = true
#         email_addresses       = ["soc@example.com"]
#       }
#     bicep: |
#       resource alerts 'Microsoft.Sql/managedInstances/securityAlertPolicies@2023-08-01' = {
#         parent: instance
#         name: 'Default'
#         properties: {
#           state: 'Enabled'
#           emailAddresses: [ 'soc@example.com' ]
#         }
#       }
#     portal: Managed instance > Security > Microsoft Defender for Cloud > Configure
package azure.sql_managed_instance.threat_alerts_mailed

import data.lib.arm

_switch := input.resource.properties.state

default _list := []

_list := input.resource.properties.emailAddresses

# Azure shows an empty list as a list with one empty text.
_entries contains entry if {
	some entry in _list
	trim_space(entry) != ""
}

not_applicable contains "threat detection is off" if arm.one_of(_switch, ["Disabled", "New"])

deny contains finding if {
	count(_entries) == 0
	finding := {
		"message": "no address is in the list",
		"path": "resource.properties.emailAddresses",
		"actual": _list,
		"expected": "at least one address",
	}
}

unknown contains "the list holds something that is no text" if {
	some entry in _list
	not is_string(entry)
}

unknown contains sprintf("the state is %q, which this policy does not know", [_switch]) if {
	not arm.one_of(_switch, ["Enabled", "Disabled", "New"])
}
