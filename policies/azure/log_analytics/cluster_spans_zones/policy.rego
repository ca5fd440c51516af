# METADATA
# title: The Log Analytics cluster is spread over zones
# description: |
#   A dedicated cluster in one zone loses sight of the whole estate with that zone: logs are not taken in, and alerts that rest on them stay
#   silent, at the moment when they are needed. Zones are chosen when the cluster is made, in regions that have them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/availability-zones
# custom:
#   check: LA-ZR-002
#   severity: medium
#   resource: Microsoft.OperationalInsights/clusters
#   reads:
#     - path: resource.properties.isAvailabilityZonesEnabled
#       type: boolean
#       absent: "off: zones are used only where the cluster shows them"
#   controls:
#     DORA-10-1: detection goes on when a datacentre fails
#     DORA-11-5: the store of logs is redundant
#     RTS-26-2: the failure of a datacentre is provided for, for logging as for the rest
#   remediation:
#     az: az monitor log-analytics cluster show --resource-group RESOURCE_GROUP --name CLUSTER --query isAvailabilityZonesEnabled
#     bicep: |
#       resource cluster 'Microsoft.OperationalInsights/clusters@2025-07-01' = {
#         // ...
#         properties: {
#           isAvailabilityZonesEnabled: true
#         }
#       }
#     note: Make a new cluster in a region with zones and link the workspaces to it.
package azure.log_analytics.cluster_spans_zones

default _is_availability_zones_enabled := false

_is_availability_zones_enabled := input.resource.properties.isAvailabilityZonesEnabled

deny contains finding if {
	_is_availability_zones_enabled == false
	finding := {
		"message": "the cluster stands in one zone",
		"path": "resource.properties.isAvailabilityZonesEnabled",
		"actual": false,
		"expected": true,
	}
}
