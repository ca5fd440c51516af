# METADATA
# title: The cache is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of the cache:
#   private without a way in from the internet, restricted to named addresses and networks, or public. It is compared with the most that the
#   firm admits, which it can set by class of data. With and without a private endpoint count alike. Without a rule of the firewall a cache
#   with public access admits everybody. A cache in a subnet of the firm is private.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-network-isolation
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - path: resource.properties.subnetId
#       type: string
#       absent: "none: the cache stands outside of any virtual network"
#     - {path: "children.firewallRules.*.properties.startIP", type: string}
#     - {path: "children.firewallRules.*.properties.endIP", type: string}
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#     restricted_addresses_max: {type: integer, default: 65536, min: 1, max: 16777216, meaning: most addresses that one rule of a firewall may admit while the exposure still counts as restricted}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the cache is or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where the cache can be reached
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set publicNetworkAccess=Disabled
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     portal: Cache > Settings > Private Endpoint > Disable public network access
#     note: |
#       Create the private endpoint and its DNS record first; clients on other paths are cut off at once.
package azure.redis.exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _subnet := ""

_subnet := input.resource.properties.subnetId

# A rule without addresses stays a rule, whose reach is not known.
_rules := [{"first": object.get(_named(rule), "startIP", null), "last": object.get(_named(rule), "endIP", null)} | some rule in input.children.firewallRules]

_named(rule) := object.get(rule, "properties", {})

_found := exposure.inside if _subnet != ""

_found := exposure.by_rules(_access, _rules, data.parameters.restricted_addresses_max) if {
	_subnet == ""
	count(_rules) > 0
}

_found := exposure.by_default_action(_access, "Allow") if {
	_subnet == ""
	count(_rules) == 0
}

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
	"public": "children.firewallRules.*.properties.endIP",
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
