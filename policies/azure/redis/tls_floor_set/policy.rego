# METADATA
# title: The Redis cache refuses TLS versions that the firm does not allow
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the cache accepts. No law
#   names a version: tls_versions_allowed is the firm's own rule. Newer versions than the floor cannot be refused. A cache that never set
#   a floor leaves the property out, and Azure takes 1.0 for it. The clear-text port is another policy's question (non_ssl_port_disabled).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-remove-tls-10-11
# custom:
#   check: RED-TLS-001
#   severity: high
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.minimumTlsVersion
#       type: string
#       absent: "1.0: what Azure takes for a cache without a floor of its own"
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: a floor under the TLS version of the cache keeps protection in transit from being talked down to a broken protocol
#     DORA-9-3-a: the channel to the cache is only as secure as the weakest version that it still negotiates
#     RTS-6-2-a: shows that the lowest protocol version of the cache is one that the firm's encryption rule allows
#     RTS-6-2-c: the floor of the cache holds for internal connections and for external traffic alike
#     RTS-6-3: compares the floor in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: a connection to the cache over any network uses a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks protect what is transmitted to and from the cache
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data on its way
#   fix: {path: resource.properties.minimumTlsVersion, value: "1.2"}
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set minimumTlsVersion=1.2
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         minimum_tls_version = "1.2"
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           minimumTlsVersion: '1.2'
#         }
#       }
#     portal: Cache > Settings > Advanced settings > Minimum TLS version > 1.2 > Save
package azure.redis.tls_floor_set

import data.lib.arm
import data.lib.tls_floors

default _floor := "1.0"

_floor := input.resource.properties.minimumTlsVersion

deny contains finding if {
	version := tls_floors.version(_floor)
	not arm.one_of(version, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("the cache accepts %s and later", [version]),
		"path": "resource.properties.minimumTlsVersion",
		"actual": _floor,
		"expected": data.parameters.tls_versions_allowed,
	}
}

unknown contains sprintf("minimumTlsVersion is %q, which this policy does not know", [_floor]) if {
	not tls_floors.version(_floor)
}
