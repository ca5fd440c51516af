# METADATA
# title: The Redis cache refuses connections without TLS
# description: |
#   On port 6379 commands, keys and values cross the network in clear text, and so does the access key with which a client signs in. The
#   port is closed on a new cache; it is a leftover of clients that know no TLS. The change takes effect at once.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure
# custom:
#   check: RED-TLS-001
#   severity: high
#   resource: Microsoft.Cache/redis
#   reads:
#     - {path: resource.properties.enableNonSslPort, type: boolean}
#   controls:
#     DORA-9-2: this one port decides whether traffic with the cache is protected in transit at all
#     DORA-9-3-a: a cache without a clear-text port leaves clients no insecure channel
#     RTS-6-2-a: shows that the encryption rule for data in transit is enforced by the cache and not left to each client
#     RTS-6-2-c: the port is closed to the firm's own network as to others
#     RTS-13-1-e: connections are encrypted whatever network they cross, because the cache accepts no other kind
#     RTS-14-1-a: keeps cached values and the access key from being read or altered on the way
#     GDPR-32-1-a: personal data in sessions and cached records travels encrypted
#     GDPR-5-1-f: keeps people on the network path from reading or altering personal data in the cache
#   fix: {path: resource.properties.enableNonSslPort, value: false}
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set enableNonSslPort=false
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         non_ssl_port_enabled = false
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           enableNonSslPort: false
#         }
#       }
#     portal: Cache > Settings > Advanced settings > Allow access only via SSL > Yes > Save
#     note: |
#       Clients have to use port 6380 with TLS; those on 6379 are cut off at once.
package azure.redis.non_ssl_port_disabled

deny contains finding if {
	input.resource.properties.enableNonSslPort == true
	finding := {
		"message": "the cache answers on port 6379, without TLS",
		"path": "resource.properties.enableNonSslPort",
		"actual": true,
		"expected": false,
	}
}
