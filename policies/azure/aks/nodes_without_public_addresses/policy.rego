# METADATA
# title: No node of the cluster has a public address
# description: |
#   A node with a public address can be reached from the internet as soon as a rule of its subnet lets it, past the load balancer and its
#   logs. The setting of a pool is fixed: replace the pool.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-node-public-ips
# custom:
#   check: AKS-NET-004
#   severity: high
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#   controls:
#     RTS-13-1-d: nodes of the cluster offer no address of their own to connections from outside
#     RTS-13-1-g: traffic between nodes of the cluster and the internet passes the points that the firm controls
#     DORA-9-4-b: nodes of the cluster can be cut off at one place
#     GDPR-25-2: nodes of the cluster that process personal data are not exposed by default
#   remediation:
#     az: "az aks nodepool add --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name NEW_POOL   # without --enable-node-public-ip"
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         default_node_pool {
#           node_public_ip_enabled = false # enable_node_public_ip before azurerm 4
#         }
#       }
#     bicep: "properties: { agentPoolProfiles: [{ enableNodePublicIP: false }] }"
package azure.aks.nodes_without_public_addresses

import data.lib.pools

_pools := input.resource.properties.agentPoolProfiles

deny contains finding if {
	some pool in _pools
	pools.flag(pool, "enableNodePublicIP") == true
	finding := {
		"message": sprintf("the nodes of the pool %s have public addresses", [pools.name(pool)]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": true,
		"expected": false,
	}
}

unknown contains sprintf("enableNodePublicIP of the node pool %s is no switch", [pools.name(pool)]) if {
	some pool in _pools
	not pools.is_flag(pool, "enableNodePublicIP")
}

unknown contains "the cluster names no node pool" if count(_pools) == 0
