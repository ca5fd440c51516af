# METADATA
# title: The flow log records traffic
# description: |
#   A flow log that is switched off looks like one in the list of resources and records nothing: who talked to whom is not known afterwards.
#   Whether every network has a flow log is not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
# custom:
#   check: NET-FLOW-001
#   severity: medium
#   resource: Microsoft.Network/networkWatchers/flowLogs
#   reads:
#     - path: resource.properties.enabled
#       type: boolean
#       absent: "false: Azure's default: a flow log that does not say so records nothing"
#   controls:
#     RTS-12-2-c: network events are logged, which is one of the event classes to log
#     RTS-13-1-d: connections that nobody expected can be found
#     DORA-10-1: unusual traffic can be detected because it is on record
#   fix: {path: resource.properties.enabled, value: true}
#   remediation:
#     az: az network watcher flow-log update --location REGION --name FLOW_LOG --enabled true
#     terraform: |
#       resource "azurerm_network_watcher_flow_log" "example" {
#         # ...
#         enabled = true
#       }
#     bicep: |
#       resource it 'Microsoft.Network/networkWatchers/flowLogs@2025-01-01' = {
#         // ...
#         properties: {
#           enabled: true
#         }
#       }
package azure.network.flow_log_enabled

default _enabled := false

_enabled := input.resource.properties.enabled

deny contains finding if {
	_enabled == false
	finding := {
		"message": "the flow log records nothing",
		"path": "resource.properties.enabled",
		"actual": _enabled,
		"expected": true,
	}
}
