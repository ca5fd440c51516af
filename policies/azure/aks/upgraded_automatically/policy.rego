# METADATA
# title: The cluster installs new versions of Kubernetes by itself
# description: |
#   Versions of Kubernetes are supported for about a year. A cluster that nobody upgrades drops out of support and keeps known flaws. Let
#   AKS upgrade in a maintenance window.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/auto-upgrade-cluster
# custom:
#   check: AKS-INV-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.autoUpgradeProfile.upgradeChannel
#       type: string
#       absent: "none: a cluster that names no channel is not upgraded"
#   controls:
#     DORA-7-intro: keeps the cluster up to date without waiting for somebody to remember
#     DORA-9-4-f: puts the update policy for Kubernetes into a setting that can be verified
#     RTS-10-4-d: bounds the time between the release of a fix for Kubernetes and its installation
#   fix: {path: resource.properties.autoUpgradeProfile.upgradeChannel, value: patch}
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --auto-upgrade-channel patch
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         automatic_upgrade_channel = "patch" # automatic_channel_upgrade before azurerm 4
#       }
#     bicep: "properties: { autoUpgradeProfile: { upgradeChannel: 'patch' } }"
#     note: The channel node-image renews the operating system of nodes only, not Kubernetes.
package azure.aks.upgraded_automatically

import data.lib.arm

default _upgrade_channel := "none"

_upgrade_channel := input.resource.properties.autoUpgradeProfile.upgradeChannel

deny contains finding if {
	arm.same(_upgrade_channel, "none")
	finding := {
		"message": sprintf("the upgrade channel is %s", [_upgrade_channel]),
		"path": "resource.properties.autoUpgradeProfile.upgradeChannel",
		"actual": _upgrade_channel,
		"expected": "patch",
	}
}

unknown contains sprintf("upgradeChannel is %q, which this policy does not know", [_upgrade_channel]) if {
	not arm.one_of(_upgrade_channel, ["patch", "stable", "rapid", "node-image", "none"])
}
