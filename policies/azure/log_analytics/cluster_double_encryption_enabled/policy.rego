# METADATA
# title: The Log Analytics cluster encrypts its data twice
# description: |
#   A second layer, with another algorithm and another key, keeps logs unreadable when one of the two is broken. It is chosen when the
#   cluster is made.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/customer-managed-keys
# custom:
#   check: LA-CMK-002
#   severity: low
#   resource: Microsoft.OperationalInsights/clusters
#   reads:
#     - path: resource.properties.isDoubleEncryptionEnabled
#       type: boolean
#       absent: "off: a second layer is used only where the cluster says so"
#   controls:
#     RTS-6-2-a: encryption at rest has the second layer that some classes of data ask for
#     RTS-12-2-d: logs are protected from reading past the service in two ways
#     GDPR-32-1-a: personal data in logs stays unreadable when one layer is broken
#   remediation:
#     bicep: |
#       resource cluster 'Microsoft.OperationalInsights/clusters@2025-07-01' = {
#         // ...
#         properties: {
#           isDoubleEncryptionEnabled: true
#         }
#       }
#     note: Make a new cluster with the setting and link the workspaces to it.
package azure.log_analytics.cluster_double_encryption_enabled

default _is_double_encryption_enabled := false

_is_double_encryption_enabled := input.resource.properties.isDoubleEncryptionEnabled

deny contains finding if {
	_is_double_encryption_enabled == false
	finding := {
		"message": "logs are encrypted once",
		"path": "resource.properties.isDoubleEncryptionEnabled",
		"actual": false,
		"expected": true,
	}
}
