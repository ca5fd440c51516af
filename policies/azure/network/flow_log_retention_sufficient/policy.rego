# METADATA
# title: The flow log is kept long enough
# description: |
#   Intrusions are often found after weeks or months; what was recorded must then still be there. A retention policy with zero days, or one
#   that is not enabled, keeps the records until somebody else deletes them, for example a lifecycle rule of the storage account, which this
#   policy does not see. Both count as long enough only where flow_log_unlimited_allowed says so.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
# custom:
#   check: NET-FLOW-002
#   severity: medium
#   resource: Microsoft.Network/networkWatchers/flowLogs
#   reads:
#     - {path: resource.properties.retentionPolicy.enabled, type: boolean}
#     - {path: resource.properties.retentionPolicy.days, type: integer}
#   parameters:
#     flow_log_retention_days_min: {type: integer, default: 90, min: 1, max: 365, meaning: fewest days that records of network traffic are kept}
#     flow_log_unlimited_allowed: {type: boolean, default: false, meaning: whether a flow log may leave its retention to the storage account}
#   controls:
#     RTS-12-2-a: compares the time for which network events are kept with the period that the firm has set
#     RTS-22-d: records of traffic are still there when an incident is examined
#     DORA-10-1: slow attacks show only in records that reach back far enough
#   remediation:
#     az: az network watcher flow-log update --location REGION --name FLOW_LOG --retention 90
#     terraform: |
#       resource "azurerm_network_watcher_flow_log" "example" {
#         # ...
#         retention_policy {
#           enabled = true
#           days    = 90
#         }
#       }
#     bicep: |
#       resource it 'Microsoft.Network/networkWatchers/flowLogs@2025-01-01' = {
#         // ...
#         properties: {
#           retentionPolicy: {
#             enabled: true
#             days: 90
#           }
#         }
#       }
package azure.network.flow_log_retention_sufficient

# Zero days means that nothing is deleted, and so does a policy that is off.
_unlimited if input.resource.properties.retentionPolicy.enabled == false

_unlimited if input.resource.properties.retentionPolicy.days == 0

deny contains finding if {
	not _unlimited
	input.resource.properties.retentionPolicy.enabled
	input.resource.properties.retentionPolicy.days < data.parameters.flow_log_retention_days_min
	finding := {
		"message": sprintf("the records are deleted after %d days", [input.resource.properties.retentionPolicy.days]),
		"path": "resource.properties.retentionPolicy.days",
		"actual": input.resource.properties.retentionPolicy.days,
		"expected": sprintf("at least %d days", [data.parameters.flow_log_retention_days_min]),
	}
}

deny contains finding if {
	_unlimited
	data.parameters.flow_log_unlimited_allowed == false
	finding := {
		"message": "the flow log has no retention of its own",
		"path": "resource.properties.retentionPolicy.enabled",
		"actual": "no retention policy",
		"expected": sprintf("at least %d days", [data.parameters.flow_log_retention_days_min]),
	}
}
