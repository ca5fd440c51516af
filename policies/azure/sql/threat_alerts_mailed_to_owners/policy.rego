# METADATA
# title: The owners of the subscription receive the threat alerts of Azure SQL
# description: |
#   Addresses in a list grow stale when people leave. Mail to the owners of the subscription follows the role assignments, and so reaches
#   those who answer for it today.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/threat-detection-configure
# custom:
#   check: LOG-DEF-004
#   severity: low
#   resource: Microsoft.Sql/servers/securityAlertPolicies
#   reads:
#     - path: resource.properties.emailAccountAdmins
#       type: boolean
#       absent: "off: nobody is written to unless the policy says so"
#     - {path: resource.properties.state, type: string}
#   controls:
#     RTS-23-2-b: alerts reach those who hold the role today, and not only those who were once listed
#     GDPR-33-1: the time to report a breach begins with somebody who hears of it
#   fix: {path: resource.properties.emailAccountAdmins, value: true}
#   remediation:
#     terraform: |
#       resource "azurerm_mssql_server_security_alert_policy" "example" {
#         # ...
#         email_account_admins = true # azurerm 5: email_account_admins_enabled
#       }
#     bicep: |
#       resource alerts 'Microsoft.Sql/servers/securityAlertPolicies@2023-08-01' = {
#         parent: server
#         name: 'Default'
#         properties: {
#           state: 'Enabled'
#           emailAccountAdmins: true
#         }
#       }
#     portal: SQL server > Security > Microsoft Defender for Cloud > Configure
package azure.sql.threat_alerts_mailed_to_owners

import data.lib.arm

default _mailed := false

_mailed := input.resource.properties.emailAccountAdmins

_state := input.resource.properties.state

not_applicable contains "threat detection is off" if arm.one_of(_state, ["Disabled", "New"])

deny contains finding if {
	_mailed == false
	finding := {
		"message": "the owners of the subscription are not written to",
		"path": "resource.properties.emailAccountAdmins",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("the state of threat detection is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Enabled", "Disabled", "New"])
}
