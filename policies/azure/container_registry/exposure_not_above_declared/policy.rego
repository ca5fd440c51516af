# METADATA
# title: The registry is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of the
#   registry: private without a way in from the internet, restricted to named addresses and networks, or public. It is compared with the
#   most that the firm admits, which it can set by class of data. With and without a private endpoint count alike. Whether images can be
#   pulled without signing in is judged elsewhere.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - path: resource.properties.networkRuleSet.defaultAction
#       type: string
#       absent: "Allow: a registry without rules lets every network in"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the images of the firm are or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where the registry can be reached
#   remediation:
#     az: az acr update --name REGISTRY --public-network-enabled false
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoint first.
package azure.container_registry.exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _action := "Allow"

_action := input.resource.properties.networkRuleSet.defaultAction

_found := exposure.by_default_action(_access, _action)

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
	"public": "resource.properties.networkRuleSet.defaultAction",
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
