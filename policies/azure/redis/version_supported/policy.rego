# METADATA
# title: The Redis cache runs a supported version
# description: |
#   A version that gets no more corrections keeps its known flaws. Which versions count as supported is kept in redis_versions_supported
#   and not in the policy; the firm reviews it. latest means the newest that Azure offers. That a whole product line of Azure ends is not
#   seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-upgrade
# custom:
#   check: RED-EOL-001
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - {path: resource.properties.redisVersion, type: string}
#   parameters:
#     redis_versions_supported: {type: list, default: ["6"], pattern: "^[0-9]+$", meaning: major versions of Redis that count as supported}
#   controls:
#     RTS-4-2-b-ix: compares the version in use with the ones that are still supported
#     DORA-7-intro: shows whether the cache is kept up to date
#     DORA-8-7: points to caches that have become legacy systems
#     DORA-9-4-f: shows whether the rules for updates reached this cache
#   fix: {path: resource.properties.redisVersion, value: "6"}
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set redisVersion=6
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         redis_version = "6"
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           redisVersion: '6'
#         }
#       }
#     portal: Cache > Settings > Advanced settings > Redis version
#     note: |
#       There is no way back, and connections are interrupted for a few minutes.
package azure.redis.version_supported

import data.lib.arm

_version := input.resource.properties.redisVersion

_major := split(_version, ".")[0]

_numbered if regex.match(`^[0-9]+$`, _major)

deny contains finding if {
	_numbered
	not arm.one_of(_major, data.parameters.redis_versions_supported)
	finding := {
		"message": sprintf("the cache runs Redis %s, which is not supported", [_version]),
		"path": "resource.properties.redisVersion",
		"actual": _version,
		"expected": data.parameters.redis_versions_supported,
	}
}

unknown contains sprintf("redisVersion is %q, which is no version", [_version]) if {
	not _numbered
	not arm.same(_version, "latest")
}
