# METADATA
# title: PostgreSQL raises alerts on threats
# description: |
#   Sign-ins from unusual places and guessed passwords look like any other traffic to the server. Threat detection raises alerts on them. It
#   is turned on for each server or, for all of them, by the Defender plan of the subscription: code that leaves it out gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/defender-for-cloud/defender-for-databases-introduction
# custom:
#   check: LOG-DEF-001
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.advancedThreatProtectionSettings.Default.properties.state, type: string}
#   controls:
#     DORA-10-1: unusual access to the server raises an alert instead of waiting for somebody to read logs
#     RTS-23-2-b: is one of the tools that raise alerts on anomalies, for this server
#     GDPR-33-1: the time to report a breach can only be kept when the breach is noticed; this is readiness, not the report
#   fix: {path: children.advancedThreatProtectionSettings.Default.properties.state, value: Enabled}
#   remediation:
#     az: |
#       az postgres flexible-server advanced-threat-protection-setting update --resource-group RESOURCE_GROUP --server-name SERVER --state Enabled
#     bicep: |
#       resource threats 'Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings@2025-08-01' = {
#         parent: server
#         name: 'Default'
#         properties: {
#           state: 'Enabled'
#         }
#       }
#     portal: Server > Security > Microsoft Defender for Cloud > Enable
package azure.postgresql.threat_detection_enabled

import data.lib.arm

_state := input.children.advancedThreatProtectionSettings.Default.properties.state

deny contains finding if {
	arm.same(_state, "Disabled")
	finding := {
		"message": sprintf("threat detection is %s", [_state]),
		"path": "children.advancedThreatProtectionSettings.Default.properties.state",
		"actual": _state,
		"expected": "Enabled",
	}
}

unknown contains sprintf("the state of threat detection is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Enabled", "Disabled"])
}
