# METADATA
# title: The search service is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of the search
#   service: private without a way in from the internet, restricted to named addresses and networks, or public. It is compared with the most
#   that the firm admits, which it can set by class of data. With and without a private endpoint count alike. A service that names no
#   address admits everybody. What a network security perimeter admits is not read: the exposure is unknown then.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/search/service-configure-firewall
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.Search/searchServices
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - path: resource.properties.networkRuleSet.ipRules
#       type: array
#       absent: "none: no address is named"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#     restricted_addresses_max: {type: integer, default: 65536, min: 1, max: 16777216, meaning: most addresses that one rule of a firewall may admit while the exposure still counts as restricted}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the indexes are or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where the search service can be reached
#   remediation:
#     az: az search service update --resource-group RESOURCE_GROUP --name SERVICE --public-access disabled
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'disabled' }"
#     note: Create the private endpoint first.
package azure.search.exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _listed := []

_listed := input.resource.properties.networkRuleSet.ipRules

_ranges := [rule.value | some rule in _listed]

_found := exposure.by_ranges(_access, _ranges, data.parameters.restricted_addresses_max) if count(_ranges) == count(_listed)

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
	"public": "resource.properties.networkRuleSet.ipRules",
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
