# METADATA
# title: The scale set installs new images by itself
# description: |
#   Without automatic image upgrades, instances keep the image of the day when the scale set was made, with all its flaws. Upgrades run in
#   batches and stop when instances become unhealthy; a health probe is needed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade
# custom:
#   check: VMSS-INV-002
#   severity: medium
#   resource: Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - path: resource.properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade
#       type: boolean
#       absent: "false: images stay until told otherwise"
#   controls:
#     DORA-7-intro: keeps the scale set up to date without waiting for somebody to remember
#     DORA-9-4-f: puts the update policy for the operating system into a setting that can be verified
#     RTS-10-4-d: bounds the time between the release of a fix for the operating system and its installation
#   remediation:
#     az: az vmss update --resource-group RESOURCE_GROUP --name SCALE_SET --set upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade=true
#     terraform: |
#       resource "azurerm_linux_virtual_machine_scale_set" "example" {
#         # ...
#         automatic_os_upgrade_policy {
#           enable_automatic_os_upgrade = true
#           disable_automatic_rollback  = false
#         }
#       }
#     bicep: "properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } }"
package azure.compute.scale_set_images_upgraded_automatically

default _enable_automatic_osupgrade := false

_enable_automatic_osupgrade := input.resource.properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade

deny contains finding if {
	_enable_automatic_osupgrade == false
	finding := {
		"message": "new images are not installed automatically",
		"path": "resource.properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
		"actual": _enable_automatic_osupgrade,
		"expected": true,
	}
}
