# METADATA
# title: The node pool spans zones
# description: |
#   A pool whose nodes stand in one zone, or in no zone of its own choice, is lost with one data centre. Zones are fixed when a pool is
#   created: add a pool that spans zones and move the workloads. Workloads must also run in enough copies; that does not show here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-aks
# custom:
#   check: AKS-ZR-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters/agentPools
#   reads:
#     - path: resource.properties.availabilityZones
#       type: array
#       absent: "none: a pool that names no zones is bound to none"
#   parameters:
#     compute_zone_redundancy_required: {type: boolean, default: true, meaning: whether compute and registries must survive the loss of an availability zone}
#     availability_zones_min: {type: integer, default: 2, min: 2, max: 3, meaning: fewest availability zones over which nodes are spread}
#   controls:
#     DORA-12-4: nodes in another zone are the spare capacity when a zone is lost
#     DORA-11-5: shows whether the node pool was built with the redundancy that the impact analysis asks for
#     DORA-9-2: keeps the node pool available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan for the node pool an answer to the failure of a zone inside the region
#     GDPR-32-1-b: adds resilience to processing that depends on the node pool
#   remediation:
#     az: az aks nodepool add --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name NEW_POOL --zones 1 2 3 --node-count 3
#     terraform: |
#       resource "azurerm_kubernetes_cluster_node_pool" "example" {
#         # ...
#         zones = ["1", "2", "3"]
#       }
#     bicep: "properties: { availabilityZones: ['1', '2', '3'] }"
package azure.aks.node_pool_spans_zones

import data.lib.pools

default _zones := []

_zones := input.resource.properties.availabilityZones

not_applicable contains "zone redundancy is not required of this node pool" if data.parameters.compute_zone_redundancy_required == false

deny contains finding if {
	pools.zones(_zones) < data.parameters.availability_zones_min
	finding := {
		"message": sprintf("this node pool spans %d availability zones", [pools.zones(_zones)]),
		"path": "resource.properties.availabilityZones",
		"actual": _zones,
		"expected": data.parameters.availability_zones_min,
	}
}

unknown contains sprintf("the zones %v cannot be read", [_zones]) if not pools.zones(_zones)
