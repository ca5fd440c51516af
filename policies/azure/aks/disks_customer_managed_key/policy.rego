# METADATA
# title: Disks of the cluster are encrypted with a key that the firm controls
# description: |
#   Disks of nodes and of volumes are always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. The disk
#   encryption set is fixed when the cluster is created: a finding means a new cluster. Volumes also need a storage class that names the
#   set.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys
# custom:
#   check: AKS-CMK-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.diskEncryptionSetID
#       type: string
#       absent: "none: disks are encrypted with a key that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that disks of nodes and volumes are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts disks of nodes and volumes at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the cluster on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the cluster, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among disks of nodes and volumes
#   remediation:
#     az: az aks create --resource-group RESOURCE_GROUP --name NEW_CLUSTER --node-osdisk-diskencryptionset-id SET_ID
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         disk_encryption_set_id = azurerm_disk_encryption_set.example.id # changing it replaces the cluster
#       }
#     bicep: "properties: { diskEncryptionSetID: diskEncryptionSet.id }"
package azure.aks.disks_customer_managed_key

default _set := ""

_set := input.resource.properties.diskEncryptionSetID

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_set == ""
	finding := {
		"message": "disks of the cluster are encrypted with a key that Azure manages",
		"path": "resource.properties.diskEncryptionSetID",
		"actual": _set,
		"expected": "a disk encryption set",
	}
}
