# METADATA
# title: Every node pool of the cluster spans zones
# description: |
#   A pool whose nodes stand in one zone, or in no zone of its own choice, is lost with one data centre. Zones are fixed when a pool is
#   created: add a pool that spans zones and move the workloads. Workloads must also run in enough copies; that does not show here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-aks
# custom:
#   check: AKS-ZR-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#   parameters:
#     compute_zone_redundancy_required: {type: boolean, default: true, meaning: whether compute and registries must survive the loss of an availability zone}
#     availability_zones_min: {type: integer, default: 2, min: 2, max: 3, meaning: fewest availability zones over which nodes are spread}
#   controls:
#     DORA-12-4: nodes in another zone are the spare capacity when a zone is lost
#     DORA-11-5: shows whether the cluster was built with the redundancy that the impact analysis asks for
#     DORA-9-2: keeps the cluster available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan for the cluster an answer to the failure of a zone inside the region
#     GDPR-32-1-b: adds resilience to processing that depends on the cluster
#   remediation:
#     az: az aks nodepool add --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name NEW_POOL --zones 1 2 3 --node-count 3
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         default_node_pool {
#           zones = ["1", "2", "3"]
#         }
#       }
#     bicep: "properties: { agentPoolProfiles: [{ availabilityZones: ['1', '2', '3'] }] }"
package azure.aks.node_pools_span_zones

import data.lib.pools

_pools := input.resource.properties.agentPoolProfiles

_zones(pool) := pools.zones(object.get(pool, "availabilityZones", null))

not_applicable contains "zone redundancy is not required of this cluster" if data.parameters.compute_zone_redundancy_required == false

deny contains finding if {
	some pool in _pools
	zones := _zones(pool)
	zones < data.parameters.availability_zones_min
	finding := {
		"message": sprintf("the node pool %s spans %d availability zones", [pools.name(pool), zones]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": zones,
		"expected": data.parameters.availability_zones_min,
	}
}

unknown contains sprintf("the zones of the node pool %s cannot be read", [pools.name(pool)]) if {
	some pool in _pools
	not _zones(pool)
}

unknown contains "the cluster names no node pool" if count(_pools) == 0
