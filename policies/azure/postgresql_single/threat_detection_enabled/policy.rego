# METADATA
# title: The PostgreSQL single server raises alerts on threats
# description: |
#   Sign-ins from unusual places and guessed passwords look like any other traffic to the server. Threat detection raises alerts on them.
#   Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: LOG-DEF-001
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/servers
#   reads:
#     - path: children.securityAlertPolicies.Default.properties.state
#       type: string
#       absent: "Disabled: nothing raises alerts unless the policy says so"
#   controls:
#     DORA-10-1: unusual access to the server raises an alert instead of waiting for somebody to read logs
#     RTS-23-2-b: is one of the tools that raise alerts on anomalies, for this server
#     GDPR-33-1: the time to report a breach can only be kept when the breach is noticed; this is readiness, not the report
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_server" "example" {
#         # ...
#         threat_detection_policy {
#           enabled = true
#         }
#       }
#     bicep: |
#       resource alerts 'Microsoft.DBforPostgreSQL/servers/securityAlertPolicies@2017-12-01' = {
#         parent: server
#         name: 'Default'
#         properties: {
#           state: 'Enabled'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.threat_detection_enabled

import data.lib.arm

default _state := "Disabled"

_state := input.children.securityAlertPolicies.Default.properties.state

deny contains finding if {
	arm.same(_state, "Disabled")
	finding := {
		"message": sprintf("threat detection is %s", [_state]),
		"path": "children.securityAlertPolicies.Default.properties.state",
		"actual": _state,
		"expected": "Enabled",
	}
}

unknown contains sprintf("the state of threat detection is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Enabled", "Disabled"])
}
