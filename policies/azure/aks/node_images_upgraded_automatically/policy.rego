# METADATA
# title: Nodes of the cluster get fixes of their operating system by themselves
# description: |
#   Node images carry the fixes of the operating system. With the channel None or Unmanaged AKS does not install them: the nodes keep
#   known flaws until somebody acts.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image
# custom:
#   check: AKS-INV-002
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.autoUpgradeProfile.nodeOSUpgradeChannel, type: string}
#   controls:
#     DORA-7-intro: keeps the nodes up to date without waiting for somebody to remember
#     DORA-9-4-f: puts the update policy for their operating system into a setting that can be verified
#     RTS-10-4-d: bounds the time between the release of a fix for their operating system and its installation
#   fix: {path: resource.properties.autoUpgradeProfile.nodeOSUpgradeChannel, value: NodeImage}
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --node-os-upgrade-channel NodeImage
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         node_os_upgrade_channel = "NodeImage" # node_os_channel_upgrade before azurerm 4
#       }
#     bicep: "properties: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' } }"
package azure.aks.node_images_upgraded_automatically

import data.lib.arm

_node_osupgrade_channel := input.resource.properties.autoUpgradeProfile.nodeOSUpgradeChannel

deny contains finding if {
	arm.one_of(_node_osupgrade_channel, ["None", "Unmanaged"])
	finding := {
		"message": sprintf("the channel for node images is %s", [_node_osupgrade_channel]),
		"path": "resource.properties.autoUpgradeProfile.nodeOSUpgradeChannel",
		"actual": _node_osupgrade_channel,
		"expected": "NodeImage",
	}
}

unknown contains sprintf("nodeOSUpgradeChannel is %q, which this policy does not know", [_node_osupgrade_channel]) if {
	not arm.one_of(_node_osupgrade_channel, ["NodeImage", "SecurityPatch", "None", "Unmanaged"])
}
