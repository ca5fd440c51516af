# METADATA
# title: The SQL managed instance raises alerts on threats
# description: |
#   Injected statements, sign-ins from unusual places and guessed passwords look like any other traffic to the instance. Threat detection
#   raises alerts on them. Azure shows one switch under two names, securityAlertPolicies and advancedThreatProtectionSettings; code may
#   write either. A Defender plan of the subscription, which turns it on for every instance, is not seen in code that leaves it out here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/threat-detection-configure
# custom:
#   check: LOG-DEF-001
#   severity: medium
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - path: children.securityAlertPolicies.Default.properties.state
#       type: string
#       absent: "off, unless advancedThreatProtectionSettings says otherwise"
#     - path: children.advancedThreatProtectionSettings.Default.properties.state
#       type: string
#       absent: "off, unless securityAlertPolicies says otherwise"
#   controls:
#     DORA-10-1: unusual access to the instance raises an alert instead of waiting for somebody to read logs
#     RTS-23-2-b: is one of the tools that raise alerts on anomalies, for this instance
#     GDPR-33-1: the time to report a breach can only be kept when the breach is noticed; this is readiness, not the report
#   remediation:
#     az: |
#       az sql mi advanced-threat-protection-setting update --resource-group RESOURCE_GROUP --name INSTANCE --state Enabled
#     terraform: |
#       resource "azurerm_mssql_managed_instance_security_alert_policy" "example" {
#         resource_group_name   = azurerm_mssql_managed_instance.example.resource_group_name
#         managed_instance_name = azurerm_mssql_managed_instance.example.name
#         enabled               = true
#       }
#     bicep: |
#       resource alerts 'Microsoft.Sql/managedInstances/securityAlertPolicies@2023-08-01' = {
#         parent: instance
#         name: 'Default'
#         properties: {
#           state: 'Enabled'
#         }
#       }
#     portal: Managed instance > Security > Microsoft Defender for Cloud > Enable
package azure.sql_managed_instance.threat_detection_enabled

import data.lib.arm

_states contains input.children.securityAlertPolicies.Default.properties.state

_states contains input.children.advancedThreatProtectionSettings.Default.properties.state

deny contains finding if {
	every state in _states {
		arm.one_of(state, ["Disabled", "New"])
	}
	finding := {
		"message": "threat detection is off",
		"path": "children.securityAlertPolicies.Default.properties.state",
		"actual": "Disabled",
		"expected": "Enabled",
	}
}

unknown contains sprintf("the state of threat detection is %q, which this policy does not know", [state]) if {
	some state in _states
	not arm.one_of(state, ["Enabled", "Disabled", "New"])
}
