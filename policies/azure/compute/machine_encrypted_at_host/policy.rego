# METADATA
# title: The machine is encrypted at the host
# description: |
#   Without encryption at host, the temporary disk and the caches of disks lie on the host unencrypted, and travel so to the storage. The
#   subscription needs the feature EncryptionAtHost; the machine must be stopped for the change, and not every size offers it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/disk-encryption
# custom:
#   check: VM-CMK-004
#   severity: medium
#   resource: Microsoft.Compute/virtualMachines
#   reads:
#     - path: resource.properties.securityProfile.encryptionAtHost
#       type: boolean
#       absent: "false: the host does not encrypt until told otherwise"
#   controls:
#     DORA-9-2: extends protection at rest to temporary disks and caches of the machine
#     RTS-6-2-a: shows that the rule on encryption at rest also reaches temporary disks and caches of the machine
#     GDPR-32-1-a: personal data in temporary disks and caches of the machine is not left outside the encryption of the machine
#   fix: {path: resource.properties.securityProfile.encryptionAtHost, value: true}
#   remediation:
#     az: az vm update --resource-group RESOURCE_GROUP --name VM --set securityProfile.encryptionAtHost=true
#     terraform: |
#       resource "azurerm_linux_virtual_machine" "example" {
#         # ...
#         encryption_at_host_enabled = true
#       }
#     bicep: "properties: { securityProfile: { encryptionAtHost: true } }"
package azure.compute.machine_encrypted_at_host

default _encryption_at_host := false

_encryption_at_host := input.resource.properties.securityProfile.encryptionAtHost

deny contains finding if {
	_encryption_at_host == false
	finding := {
		"message": "temporary disks and caches are not encrypted",
		"path": "resource.properties.securityProfile.encryptionAtHost",
		"actual": _encryption_at_host,
		"expected": true,
	}
}
