# METADATA
# title: The workspace is replicated to another region
# description: |
#   When the region of the workspace fails, monitoring and alerts fail at the very moment at which they are needed. A replicated workspace
#   takes logs in the second region after a switch. Only logs that arrive after replication was turned on are copied, and the second region
#   must be allowed for the data.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/workspace-replication
# custom:
#   check: LA-ZR-001
#   severity: low
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.replication.enabled
#       type: boolean
#       absent: "false: Azure's default: the workspace is not replicated"
#   parameters:
#     log_replication_required: {type: boolean, default: true, meaning: whether logs must survive the loss of a region}
#   controls:
#     DORA-12-4: log storage does not depend on one region
#     RTS-12-2-e: logging goes on when the first region fails
#     DORA-10-1: anomalies are still detected during the outage of a region
#   remediation:
#     az: az rest --method put --url WORKSPACE_ID?api-version=2025-07-01 --body @workspace-with-replication.json
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           replication: {
#             enabled: true
#             location: 'northeurope'
#           }
#         }
#       }
#     portal: Log Analytics workspace > Settings > Properties > Workspace replication
package azure.log_analytics.replication_enabled

default _replicated := false

_replicated := input.resource.properties.replication.enabled

not_applicable contains "replication of logs is not required" if data.parameters.log_replication_required == false

deny contains finding if {
	_replicated == false
	finding := {
		"message": "the logs are in one region only",
		"path": "resource.properties.replication.enabled",
		"actual": _replicated,
		"expected": true,
	}
}
