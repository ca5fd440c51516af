# METADATA
# title: Application Insights keeps its data in an allowed region
# description: |
#   Traces hold addresses, user names and parameters of requests. Application Insights stores them in the workspace that it names, which may
#   stand in another region than the application. The component itself is judged by its own region.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/app/create-workspace-resource
# custom:
#   check: RES-LOC-004
#   severity: high
#   resource: Microsoft.Insights/components
#   reads:
#     - {path: related.workspace.location, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the traces to compare with the regions that the contract names
#     RTS-4-2-b-ii: names where the traces of the application lie, which may not be where it runs
#     GDPR-44: traces with personal data that leave the list may be a transfer
#     GDPR-28-3-a: the choice of workspace is an instruction to the processor, and this shows where it leads
#   remediation:
#     az: az monitor app-insights component update --resource-group RESOURCE_GROUP --app COMPONENT --workspace ALLOWED_WORKSPACE_ID
#     terraform: |
#       resource "azurerm_application_insights" "example" {
#         # ...
#         workspace_id = azurerm_log_analytics_workspace.allowed_region.id
#       }
#     bicep: |
#       resource component 'Microsoft.Insights/components@2020-02-02' = {
#         // ...
#         properties: {
#           WorkspaceResourceId: allowedWorkspace.id
#         }
#       }
#     note: What was sent before stays in the old workspace until it expires or is deleted.
package azure.monitor.application_insights_data_location_allowed

import data.lib.locations

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	locations.outside(input.related.workspace.location, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("the traces go to %s", [input.related.workspace.location]),
		"path": "related.workspace.location",
		"actual": input.related.workspace.location,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the workspace names no region" if locations.nowhere(input.related.workspace.location)
