# METADATA
# title: The Windows scale set installs updates by itself
# description: |
#   A machine that installs no updates by itself keeps known flaws until somebody acts. A firm that patches with a schedule of its own
#   waives the finding; guest patching by the platform does not show in this setting.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/automatic-vm-guest-patching
# custom:
#   check: VMSS-INV-001
#   severity: medium
#   resource: Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - {path: resource.properties.virtualMachineProfile.osProfile.windowsConfiguration.enableAutomaticUpdates, type: boolean}
#     - {path: resource.properties.virtualMachineProfile.storageProfile.osDisk.osType, type: string}
#   controls:
#     DORA-7-intro: keeps the scale set up to date without waiting for somebody to remember
#     DORA-9-4-f: puts the update policy for Windows into a setting that can be verified
#     RTS-10-4-d: bounds the time between the release of a fix for Windows and its installation
#   remediation:
#     terraform: |
#       resource "azurerm_windows_virtual_machine_scale_set" "example" {
#         # ...
#         enable_automatic_updates = true # automatic_updates_enabled in newer versions
#       }
#     bicep: "osProfile: { windowsConfiguration: { enableAutomaticUpdates: true } }"
#     note: "The setting of a running machine is fixed: switch on updates inside Windows, or set the patch mode AutomaticByPlatform."
package azure.compute.scale_set_updates_installed_automatically

import data.lib.arm

_enable_automatic_updates := input.resource.properties.virtualMachineProfile.osProfile.windowsConfiguration.enableAutomaticUpdates

not_applicable contains "a Linux machine has no such setting" if {
	arm.same(input.resource.properties.virtualMachineProfile.storageProfile.osDisk.osType, "Linux")
}

deny contains finding if {
	_enable_automatic_updates == false
	finding := {
		"message": "updates are not installed automatically",
		"path": "resource.properties.virtualMachineProfile.osProfile.windowsConfiguration.enableAutomaticUpdates",
		"actual": _enable_automatic_updates,
		"expected": true,
	}
}
