# METADATA
# title: Disks of the Data Explorer cluster are encrypted
# description: |
#   Without disk encryption the hot cache, the copy of data on the machines of the cluster, relies on the encryption of the storage alone.
#   It can be switched on at any time.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/cluster-encryption-disk
# custom:
#   check: ADX-CMK-001
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.properties.enableDiskEncryption
#       type: boolean
#       absent: "false: disks are not encrypted until told otherwise"
#   controls:
#     DORA-9-2: extends protection at rest to the hot cache on disks of the cluster
#     RTS-6-2-a: shows that the rule on encryption at rest also reaches the hot cache on disks of the cluster
#     GDPR-32-1-a: personal data in the hot cache on disks of the cluster is not left outside the encryption of the cluster
#   fix: {path: resource.properties.enableDiskEncryption, value: true}
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --enable-disk-encryption true
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         disk_encryption_enabled = true
#       }
#     bicep: "properties: { enableDiskEncryption: true }"
package azure.data_explorer.disk_encryption_enabled

default _enable_disk_encryption := false

_enable_disk_encryption := input.resource.properties.enableDiskEncryption

deny contains finding if {
	_enable_disk_encryption == false
	finding := {
		"message": "disks of the cluster are not encrypted",
		"path": "resource.properties.enableDiskEncryption",
		"actual": _enable_disk_encryption,
		"expected": true,
	}
}
