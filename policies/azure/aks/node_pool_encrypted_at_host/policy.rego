# METADATA
# title: Nodes of the pool are encrypted at the host
# description: |
#   Without encryption at host, temporary disks and the caches of disks lie on the host unencrypted, and travel so to the storage. The
#   setting of a pool is fixed, needs a size that offers it and the feature EncryptionAtHost in the subscription: replace the pool.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/enable-host-encryption
# custom:
#   check: AKS-CMK-003
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters/agentPools
#   reads:
#     - path: resource.properties.enableEncryptionAtHost
#       type: boolean
#       absent: "false: a pool is not encrypted at the host until told otherwise"
#   controls:
#     DORA-9-2: extends protection at rest to temporary disks and caches of its nodes
#     RTS-6-2-a: shows that the rule on encryption at rest also reaches temporary disks and caches of its nodes
#     GDPR-32-1-a: personal data in temporary disks and caches of its nodes is not left outside the encryption of the pool
#   remediation:
#     az: az aks nodepool add --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name NEW_POOL --enable-encryption-at-host
#     terraform: |
#       resource "azurerm_kubernetes_cluster_node_pool" "example" {
#         # ...
#         host_encryption_enabled = true # enable_host_encryption before azurerm 4
#       }
#     bicep: "properties: { enableEncryptionAtHost: true }"
package azure.aks.node_pool_encrypted_at_host

default _enable_encryption_at_host := false

_enable_encryption_at_host := input.resource.properties.enableEncryptionAtHost

deny contains finding if {
	_enable_encryption_at_host == false
	finding := {
		"message": "temporary disks and caches of the pool are not encrypted",
		"path": "resource.properties.enableEncryptionAtHost",
		"actual": _enable_encryption_at_host,
		"expected": true,
	}
}
