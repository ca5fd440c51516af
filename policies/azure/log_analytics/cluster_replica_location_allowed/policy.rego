# METADATA
# title: The copy of the dedicated cluster is in an allowed region
# description: |
#   A replicated cluster keeps the logs of all its workspaces in a second region, with the personal data in them. Clusters that are not
#   replicated are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/workspace-replication
# custom:
#   check: RES-LOC-004
#   severity: high
#   resource: Microsoft.OperationalInsights/clusters
#   reads:
#     - path: resource.properties.replication.location
#       type: string
#       absent: "the cluster is not replicated"
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the second region of the logs, to compare with those that the contract names
#     RTS-4-2-b-ii: names the location of the copy of every workspace in the cluster
#     GDPR-44: a copy outside the list may be a transfer of the logs of many workspaces at once
#     GDPR-28-3-a: replication is an instruction to copy, and this shows where to
#   remediation:
#     portal: Log Analytics cluster > Properties > Replication
#     note: |
#       The region of the copy cannot be changed: disable replication, wait until the copy is gone, then enable it with another region.
package azure.log_analytics.cluster_replica_location_allowed

import data.lib.locations

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "the cluster is not replicated" if not input.resource.properties.replication.location

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
