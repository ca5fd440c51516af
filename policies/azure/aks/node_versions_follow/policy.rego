# METADATA
# title: Nodes of the cluster run the version of its control plane
# description: |
#   Upgrading the control plane leaves the pools behind. Nodes of an older release lack its corrections, and a pool that falls more than
#   three releases behind is no longer supported and holds up the next upgrade. Releases are compared by their first two numbers. Live only:
#   code never shows the version in use.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
# custom:
#   check: AKS-INV-005
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#     - {path: resource.properties.currentKubernetesVersion, type: string}
#   controls:
#     DORA-9-4-f: the rules for updates reached the nodes and not the control plane alone
#     RTS-10-4-d: corrections of the release are on the nodes as well
#     DORA-7-intro: shows whether the nodes are kept up to date
#     RTS-4-2-b-ix: compares the release of the nodes with the one that is supported with this cluster
#   remediation:
#     az: az aks nodepool upgrade --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name POOL --kubernetes-version VERSION
#     terraform: |
#       resource "azurerm_kubernetes_cluster_node_pool" "example" {
#         # ...
#         orchestrator_version = azurerm_kubernetes_cluster.example.kubernetes_version
#       }
#     portal: Cluster > Settings > Node pools > Update Kubernetes version
package azure.aks.node_versions_follow

import data.lib.pools

_release(version) := concat(".", array.slice(split(version, "."), 0, 2)) if regex.match(`^[0-9]+[.][0-9]+([.][0-9]+)?$`, version)

_control_plane := _release(input.resource.properties.currentKubernetesVersion)

_behind contains sprintf("%s (%s)", [pools.name(pool), pool.currentOrchestratorVersion]) if {
	some pool in input.resource.properties.agentPoolProfiles
	_release(pool.currentOrchestratorVersion) != _control_plane
}

deny contains finding if {
	count(_behind) > 0
	finding := {
		"message": sprintf("the control plane runs %s, other releases are on %s", [_control_plane, concat(", ", sort(_behind))]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": sort(_behind),
		"expected": _control_plane,
	}
}

unknown contains sprintf("the version of %s cannot be read", [pools.name(pool)]) if {
	some pool in input.resource.properties.agentPoolProfiles
	not _readable(pool)
}

unknown contains "the version of the control plane cannot be read" if not _control_plane

_readable(pool) if _release(pool.currentOrchestratorVersion)
