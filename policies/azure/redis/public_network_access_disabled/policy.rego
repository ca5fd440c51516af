# METADATA
# title: The Redis cache cannot be reached from the internet
# description: |
#   While public access is on, the cache has an address on the internet, and firewall rules, if any, are the only barrier before the
#   access key. With it off, private endpoints are the only way in. A cache inside a subnet has private addresses only and passes whatever
#   the property says.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-network-isolation
# custom:
#   check: RED-NET-001
#   severity: high
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: what Azure takes for a cache that does not say otherwise"
#     - path: resource.properties.subnetId
#       type: string
#       absent: "none: the cache stands outside of any virtual network"
#   controls:
#     DORA-9-4-b: leaves private endpoints or a subnet as the only way to the cache, so that the cache can be isolated by changing a short list
#     DORA-9-3-c: keeps networks that have no business with the cache from trying stolen credentials or flaws on it
#     RTS-13-1-g: decides whether traffic from the internet reaches the cache at all
#     RTS-13-1-d: connections to the cache from networks that nobody approved are refused before any credential is looked at
#     RTS-11-2-i: data cannot leave the cache towards an arbitrary network, even with a valid credential
#     GDPR-32-1-b: adds a network barrier to the credentials that protect personal data in the cache
#     GDPR-25-2: by default the cache is reachable for those who need it and not for the whole internet
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
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
package azure.redis.public_network_access_disabled

import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

default _subnet := ""

_subnet := input.resource.properties.subnetId

deny contains finding if {
	arm.same(_public, "Enabled")
	_subnet == ""
	finding := {
		"message": "the cache answers requests from the internet",
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Enabled", "Disabled"])
}
