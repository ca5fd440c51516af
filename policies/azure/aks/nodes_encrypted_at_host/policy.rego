# METADATA
# title: Nodes of the cluster are encrypted at the host
# description: |
#   Without encryption at host, temporary disks and the caches of disks lie on the host unencrypted, and travel so to the storage. The
#   setting of a pool is fixed, needs a size that offers it and the feature EncryptionAtHost in the subscription: replace the pool.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/enable-host-encryption
# custom:
#   check: AKS-CMK-003
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#   controls:
#     DORA-9-2: extends protection at rest to temporary disks and caches of nodes
#     RTS-6-2-a: shows that the rule on encryption at rest also reaches temporary disks and caches of nodes
#     GDPR-32-1-a: personal data in temporary disks and caches of nodes is not left outside the encryption of the cluster
#   remediation:
#     az: az aks nodepool add --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name NEW_POOL --enable-encryption-at-host
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         default_node_pool {
#           host_encryption_enabled = true # enable_host_encryption before azurerm 4
#         }
#       }
#     bicep: "properties: { agentPoolProfiles: [{ enableEncryptionAtHost: true }] }"
package azure.aks.nodes_encrypted_at_host

import data.lib.pools

_pools := input.resource.properties.agentPoolProfiles

deny contains finding if {
	some pool in _pools
	pools.flag(pool, "enableEncryptionAtHost") == false
	finding := {
		"message": sprintf("temporary disks and caches of the pool %s are not encrypted", [pools.name(pool)]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("enableEncryptionAtHost of the node pool %s is no switch", [pools.name(pool)]) if {
	some pool in _pools
	not pools.is_flag(pool, "enableEncryptionAtHost")
}

unknown contains "the cluster names no node pool" if count(_pools) == 0
