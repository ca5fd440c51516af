# METADATA
# title: The copy of the workspace is in an allowed region
# description: |
#   A replicated workspace keeps logs in a second region, with the personal data in them. Workspaces that are not replicated are left out,
#   and while the list of allowed regions is empty nothing is checked.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/workspace-replication
# custom:
#   check: RES-LOC-004
#   severity: high
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.replication.location
#       type: string
#       absent: "the workspace is not replicated"
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of storage to compare with the regions that the contract names
#     RTS-4-2-b-ii: names the location of the asset and compares it with the list of the firm
#     GDPR-44: a place outside the list may be a transfer; access from elsewhere is not seen here
#     GDPR-28-3-a: the choice of region is an instruction to the processor, and this shows the one in force
#   remediation:
#     portal: |
#       Log Analytics workspace > Settings > Properties > Workspace replication: disable, then enable with another region
package azure.log_analytics.replica_location_allowed

import data.lib.locations

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "the workspace is not replicated" if not input.resource.properties.replication.location

deny contains finding if {
	locations.outside(input.resource.properties.replication.location, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("a copy of the logs is in %s", [input.resource.properties.replication.location]),
		"path": "resource.properties.replication.location",
		"actual": input.resource.properties.replication.location,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the replication names no region" if locations.nowhere(input.resource.properties.replication.location)
