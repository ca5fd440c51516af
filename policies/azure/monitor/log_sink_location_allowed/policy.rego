# METADATA
# title: Logs go to a workspace and an archive in allowed regions
# description: |
#   Logs carry names, addresses and queries. A diagnostic setting may send them to a workspace or a storage account in any region, without a
#   word about it in the resource that is logged. Settings that stream to an event hub or a partner only are left out: their region does not
#   stand in the setting.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings
# custom:
#   check: RES-LOC-004
#   severity: high
#   resource: Microsoft.Insights/diagnosticSettings
#   reads:
#     - path: related.workspace.location
#       type: string
#       absent: "the setting sends nothing to a workspace"
#     - path: related.archive_account.location
#       type: string
#       absent: "the setting archives nothing in a storage account"
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the logs to compare with the regions that the contract names
#     RTS-4-2-b-ii: names where the logs of the asset lie, which may not be where the asset is
#     GDPR-44: logs with personal data that leave the list may be a transfer
#     GDPR-28-3-a: the destination is an instruction to the processor, and this shows the one in force
#   remediation:
#     az: |
#       az monitor diagnostic-settings create --name SETTING --resource RESOURCE_ID --workspace ALLOWED_WORKSPACE_ID --logs '[{"categoryGroup":"allLogs","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "example" {
#         # ...
#         log_analytics_workspace_id = azurerm_log_analytics_workspace.allowed_region.id
#       }
#     bicep: |
#       resource setting 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
#         // ...
#         properties: {
#           workspaceId: allowedWorkspace.id
#         }
#       }
#     note: What was sent before stays where it is until it expires or is deleted.
package azure.monitor.log_sink_location_allowed

import data.lib.locations

_sinks contains {"path": "related.workspace.location", "place": input.related.workspace.location}

_sinks contains {"path": "related.archive_account.location", "place": input.related.archive_account.location}

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "the setting sends nothing to a workspace or a storage account" if count(_sinks) == 0

deny contains finding if {
	some sink in _sinks
	locations.outside(sink.place, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("logs go to %s", [sink.place]),
		"path": sink.path,
		"actual": sink.place,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "a destination of the logs names no region" if {
	some sink in _sinks
	locations.nowhere(sink.place)
}
