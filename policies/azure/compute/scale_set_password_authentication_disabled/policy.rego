# METADATA
# title: Nobody signs in to the Linux scale set with a password
# description: |
#   Passwords over SSH can be guessed from anywhere the port is open, are shared, and know no second factor. SSH keys are the least;
#   signing in with Entra identities is better. The setting is fixed at creation: a finding means a new machine.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed
# custom:
#   check: VMSS-AUTH-001
#   severity: high
#   resource: Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - {path: resource.properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication, type: boolean}
#     - {path: resource.properties.virtualMachineProfile.storageProfile.osDisk.osType, type: string}
#   controls:
#     DORA-9-4-c: closes the door that central administration of rights does not see, a password over SSH
#     DORA-9-4-d: a password over SSH is no strong authentication, and with this setting it no longer opens the scale set
#     RTS-20-1: nobody can use the scale set as somebody that the directory does not know
#     RTS-21-c: ends shared access to the scale set, whose use cannot be traced to a person
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked secret no longer opens the scale set and the personal data in it
#   remediation:
#     az: az vmss create --resource-group RESOURCE_GROUP --name NEW_NAME --image IMAGE --authentication-type ssh --ssh-key-values KEY.pub
#     terraform: |
#       resource "azurerm_linux_virtual_machine_scale_set" "example" {
#         # ...
#         disable_password_authentication = true
#         admin_ssh_key {
#           username   = "azureuser"
#           public_key = file("key.pub")
#         }
#       }
#     bicep: "osProfile: { linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: publicKey }] } } }"
package azure.compute.scale_set_password_authentication_disabled

import data.lib.arm

_disable_password_authentication := input.resource.properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication

not_applicable contains "a Windows machine has no such setting" if {
	arm.same(input.resource.properties.virtualMachineProfile.storageProfile.osDisk.osType, "Windows")
}

deny contains finding if {
	_disable_password_authentication == false
	finding := {
		"message": "passwords open the machine over SSH",
		"path": "resource.properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication",
		"actual": _disable_password_authentication,
		"expected": true,
	}
}
