# METADATA
# title: The Data Explorer cluster spans zones
# description: |
#   A cluster in one zone, or in no zone of its own choice, stops with one data centre. Zones can be set at creation, and on some running
#   clusters by support or migration.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/migrate-cluster-to-multiple-availability-zone
# custom:
#   check: ADX-ZR-001
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.zones
#       type: array
#       absent: "none: a cluster that names no zones is bound to none"
#   parameters:
#     compute_zone_redundancy_required: {type: boolean, default: true, meaning: whether compute and registries must survive the loss of an availability zone}
#     availability_zones_min: {type: integer, default: 2, min: 2, max: 3, meaning: fewest availability zones over which nodes are spread}
#   controls:
#     DORA-12-4: instances in another zone are the spare capacity when a zone is lost
#     DORA-11-5: shows whether the cluster was built with the redundancy that the impact analysis asks for
#     DORA-9-2: keeps the cluster available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan for the cluster an answer to the failure of a zone inside the region
#     GDPR-32-1-b: adds resilience to processing that depends on the cluster
#   remediation:
#     az: az kusto cluster create --resource-group RESOURCE_GROUP --cluster-name NEW_CLUSTER --sku name=Standard_E8ads_v5 tier=Standard capacity=2 --zones 1 2 3
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         zones = ["1", "2", "3"] # changing it replaces the cluster
#       }
#     bicep: "zones: ['1', '2', '3']"
package azure.data_explorer.cluster_spans_zones

import data.lib.pools

default _zones := []

_zones := input.resource.zones

not_applicable contains "zone redundancy is not required of this cluster" if data.parameters.compute_zone_redundancy_required == false

deny contains finding if {
	pools.zones(_zones) < data.parameters.availability_zones_min
	finding := {
		"message": sprintf("this cluster spans %d availability zones", [pools.zones(_zones)]),
		"path": "resource.zones",
		"actual": _zones,
		"expected": data.parameters.availability_zones_min,
	}
}

unknown contains sprintf("the zones %v cannot be read", [_zones]) if not pools.zones(_zones)
