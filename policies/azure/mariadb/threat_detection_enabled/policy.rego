# METADATA
# title: The MariaDB server raises alerts on threats
# description: |
#   Sign-ins from unusual places and guessed passwords look like any other traffic to the server. Threat detection raises alerts on them.
#   Terraform cannot state it, and code that leaves it out gives no verdict. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mariadb/whats-happening-to-mariadb
# custom:
#   check: LOG-DEF-001
#   severity: medium
#   resource: Microsoft.DBforMariaDB/servers
#   reads:
#     - {path: children.securityAlertPolicies.Default.properties.state, type: string}
#   controls:
#     DORA-10-1: unusual access to the server raises an alert instead of waiting for somebody to read logs
#     RTS-23-2-b: is one of the tools that raise alerts on anomalies, for this server
#     GDPR-33-1: the time to report a breach can only be kept when the breach is noticed; this is readiness, not the report
#   fix: {path: children.securityAlertPolicies.Default.properties.state, value: Enabled}
#   remediation:
#     bicep: |
#       resource alerts 'Microsoft.DBforMariaDB/servers/securityAlertPolicies@2018-06-01' = {
#         parent: server
#         name: 'Default'
#         properties: {
#           state: 'Enabled'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.mariadb.threat_detection_enabled

import data.lib.arm

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
