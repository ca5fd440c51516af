# METADATA
# title: The disk is encrypted with a key that the firm controls
# description: |
#   Managed disks are always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. Law asks for keys by
#   classification and risk, not for this mode as such: set customer_managed_key_required to false for classes that do not need it. The
#   disk must be detached or its machine stopped for the change.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/disk-encryption
# custom:
#   check: VM-CMK-001
#   severity: medium
#   resource: Microsoft.Compute/disks
#   reads:
#     - path: resource.properties.encryption.type
#       type: string
#       absent: "EncryptionAtRestWithPlatformKey: the encryption of a disk that names none"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that data on the disk are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts data on the disk at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the disk on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the disk, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among data on the disk
#   remediation:
#     az: az disk update --resource-group RESOURCE_GROUP --name DISK --encryption-type EncryptionAtRestWithCustomerKey --disk-encryption-set SET
#     terraform: |
#       resource "azurerm_managed_disk" "example" {
#         # ...
#         disk_encryption_set_id = azurerm_disk_encryption_set.example.id
#       }
#     bicep: "properties: { encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: diskEncryptionSet.id } }"
package azure.compute.disk_customer_managed_key_used

import data.lib.arm

default _type := "EncryptionAtRestWithPlatformKey"

_type := input.resource.properties.encryption.type

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_type, "EncryptionAtRestWithPlatformKey")
	finding := {
		"message": sprintf("the encryption of the disk is %s", [_type]),
		"path": "resource.properties.encryption.type",
		"actual": _type,
		"expected": "EncryptionAtRestWithCustomerKey",
	}
}

unknown contains sprintf("encryption.type is %q, which this policy does not know", [_type]) if {
	not arm.one_of(_type, ["EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys", "EncryptionAtRestWithPlatformKey"])
}
