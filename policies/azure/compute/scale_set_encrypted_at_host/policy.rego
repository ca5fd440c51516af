# METADATA
# title: The scale set is encrypted at the host
# description: |
#   Without encryption at host, the temporary disk and the caches of disks lie on the host unencrypted, and travel so to the storage. The
#   subscription needs the feature EncryptionAtHost; the machine must be stopped for the change, and not every size offers it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/disk-encryption
# custom:
#   check: VMSS-CMK-001
#   severity: medium
#   resource: Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - path: resource.properties.virtualMachineProfile.securityProfile.encryptionAtHost
#       type: boolean
#       absent: "false: the host does not encrypt until told otherwise"
#   controls:
#     DORA-9-2: extends protection at rest to temporary disks and caches of the scale set
#     RTS-6-2-a: shows that the rule on encryption at rest also reaches temporary disks and caches of the scale set
#     GDPR-32-1-a: personal data in temporary disks and caches of the scale set is not left outside the encryption of the scale set
#   fix: {path: resource.properties.virtualMachineProfile.securityProfile.encryptionAtHost, value: true}
#   remediation:
#     az: az vmss update --resource-group RESOURCE_GROUP --name SCALE_SET --set virtualMachineProfile.securityProfile.encryptionAtHost=true
#     terraform: |
#       resource "azurerm_linux_virtual_machine_scale_set" "example" {
#         # ...
#         encryption_at_host_enabled = true
#       }
#     bicep: "properties: { virtualMachineProfile: { securityProfile: { encryptionAtHost: true } } }"
package azure.compute.scale_set_encrypted_at_host

default _encryption_at_host := false

_encryption_at_host := input.resource.properties.virtualMachineProfile.securityProfile.encryptionAtHost

deny contains finding if {
	_encryption_at_host == false
	finding := {
		"message": "temporary disks and caches are not encrypted",
		"path": "resource.properties.virtualMachineProfile.securityProfile.encryptionAtHost",
		"actual": _encryption_at_host,
		"expected": true,
	}
}
