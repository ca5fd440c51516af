# METADATA
# title: No node of the pool has a public address
# description: |
#   A node with a public address can be reached from the internet as soon as a rule of its subnet lets it, past the load balancer and its
#   logs. The setting of a pool is fixed: replace the pool.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-node-public-ips
# custom:
#   check: AKS-NET-004
#   severity: high
#   resource: Microsoft.ContainerService/managedClusters/agentPools
#   reads:
#     - {path: resource.properties.enableNodePublicIP, type: boolean}
#   controls:
#     RTS-13-1-d: nodes of the pool offer no address of their own to connections from outside
#     RTS-13-1-g: traffic between nodes of the pool and the internet passes the points that the firm controls
#     DORA-9-4-b: nodes of the pool can be cut off at one place
#     GDPR-25-2: nodes of the pool that process personal data are not exposed by default
#   remediation:
#     az: "az aks nodepool add --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name NEW_POOL   # without --enable-node-public-ip"
#     terraform: |
#       resource "azurerm_kubernetes_cluster_node_pool" "example" {
#         # ...
#         node_public_ip_enabled = false # enable_node_public_ip before azurerm 4
#       }
#     bicep: "properties: { enableNodePublicIP: false }"
package azure.aks.node_pool_without_public_addresses

_enable_node_public_ip := input.resource.properties.enableNodePublicIP

deny contains finding if {
	_enable_node_public_ip == true
	finding := {
		"message": "the nodes of the pool have public addresses",
		"path": "resource.properties.enableNodePublicIP",
		"actual": _enable_node_public_ip,
		"expected": false,
	}
}
