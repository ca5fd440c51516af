# METADATA
# title: The search service has replicas enough for updates
# description: |
#   The agreed availability covers updates of indexes only from three replicas on. A service whose indexes may wait for their update needs
#   fewer: set search_index_replicas_min.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-ai-search
# custom:
#   check: SRCH-ZR-002
#   severity: low
#   resource: Microsoft.Search/searchServices
#   reads:
#     - path: resource.properties.replicaCount
#       type: integer
#       absent: "1: the replicas of a service that asks for no number"
#   parameters:
#     search_index_replicas_min: {type: integer, default: 3, min: 1, max: 12, meaning: fewest replicas of a search service for updating indexes}
#   controls:
#     DORA-12-4: a third replica keeps updates of indexes going when one fails
#     DORA-7-b: the agreed availability covers updates only with it
#     DORA-11-5: shows whether updates were built with the redundancy that the impact analysis asks for
#   fix: {path: resource.properties.replicaCount, parameter: search_index_replicas_min}
#   remediation:
#     az: az search service update --resource-group RESOURCE_GROUP --name SERVICE --replica-count 3
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         replica_count = 3
#       }
#     bicep: "properties: { replicaCount: 3 }"
package azure.search.replicas_for_indexing

default _replicas := 1

_replicas := input.resource.properties.replicaCount

deny contains finding if {
	_replicas < data.parameters.search_index_replicas_min
	finding := {
		"message": sprintf("the search service has %d replicas", [_replicas]),
		"path": "resource.properties.replicaCount",
		"actual": _replicas,
		"expected": data.parameters.search_index_replicas_min,
	}
}
