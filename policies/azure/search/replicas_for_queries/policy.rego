# METADATA
# title: The search service has replicas enough for queries
# description: |
#   With one replica, every restart of it ends all queries, and there is no agreed availability. Two replicas carry an agreement for
#   queries, and are placed in different zones where the region has them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-ai-search
# custom:
#   check: SRCH-ZR-001
#   severity: medium
#   resource: Microsoft.Search/searchServices
#   reads:
#     - path: resource.properties.replicaCount
#       type: integer
#       absent: "1: the replicas of a service that asks for no number"
#   parameters:
#     search_query_replicas_min: {type: integer, default: 2, min: 1, max: 12, meaning: fewest replicas of a search service for answering queries}
#   controls:
#     DORA-12-4: a further replica is capacity in reserve for the search service
#     DORA-11-5: shows whether the search service was built with the redundancy that the impact analysis asks for
#     GDPR-32-1-b: one failure does not end the availability of processing on the search service
#   fix: {path: resource.properties.replicaCount, parameter: search_query_replicas_min}
#   remediation:
#     az: az search service update --resource-group RESOURCE_GROUP --name SERVICE --replica-count 2
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         replica_count = 2
#       }
#     bicep: "properties: { replicaCount: 2 }"
package azure.search.replicas_for_queries

default _replicas := 1

_replicas := input.resource.properties.replicaCount

deny contains finding if {
	_replicas < data.parameters.search_query_replicas_min
	finding := {
		"message": sprintf("the search service has %d replicas", [_replicas]),
		"path": "resource.properties.replicaCount",
		"actual": _replicas,
		"expected": data.parameters.search_query_replicas_min,
	}
}
