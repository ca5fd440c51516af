# METADATA
# title: The Kubernetes API is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of the API
#   server of the cluster: private without a way in from the internet, restricted to named addresses and networks, or public. It is compared
#   with the most that the firm admits, which it can set by class of data. With and without a private endpoint count alike. What the cluster
#   itself publishes by load balancers and ingress is not seen. Ranges of IPv6 are not measured.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.apiServerAccessProfile.enablePrivateCluster
#       type: boolean
#       absent: "false: the API server is public until told otherwise"
#     - path: resource.properties.apiServerAccessProfile.authorizedIPRanges
#       type: array
#       absent: "none: without ranges every address is let in"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#     restricted_addresses_max: {type: integer, default: 65536, min: 1, max: 16777216, meaning: most addresses that one rule of a firewall may admit while the exposure still counts as restricted}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the control plane of the cluster is or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where the cluster can be commanded
#   remediation:
#     az: az aks create --resource-group RESOURCE_GROUP --name NEW_CLUSTER --enable-private-cluster
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         private_cluster_enabled = true # changing it replaces the cluster
#       }
#     bicep: "properties: { apiServerAccessProfile: { enablePrivateCluster: true } }"
#     note: |
#       A cluster in use can name the addresses that it admits: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --api-server-authorized-ip-ranges 198.51.100.0/24
package azure.aks.api_exposure_not_above_declared

import data.lib.exposure

default _private := false

_private := input.resource.properties.apiServerAccessProfile.enablePrivateCluster

default _ranges := []

_ranges := input.resource.properties.apiServerAccessProfile.authorizedIPRanges

_found := exposure.inside if _private == true

_found := exposure.by_ranges("Enabled", _ranges, data.parameters.restricted_addresses_max) if _private == false

_known if _found.level

_paths := {
	"restricted": "resource.properties.apiServerAccessProfile.enablePrivateCluster",
	"public": "resource.properties.apiServerAccessProfile.authorizedIPRanges",
}

deny contains finding if {
	exposure.above(_found.level, data.parameters.exposure_max)
	finding := {
		"message": sprintf("its exposure is %s: %s", [_found.level, _found.why]),
		"path": _paths[_found.level],
		"actual": _found.level,
		"expected": sprintf("at most %s", [data.parameters.exposure_max]),
	}
}

unknown contains "its exposure does not follow from its network settings" if not _known
