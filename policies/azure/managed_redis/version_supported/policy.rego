# METADATA
# title: The Managed Redis database runs a version of Redis that is supported
# description: |
#   A version that its maker no longer corrects keeps the weaknesses that are found in it. Azure shows the version; code never does. Which
#   versions count as supported is the parameter managed_redis_versions_supported.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/overview
# custom:
#   check: RED-EOL-004
#   severity: medium
#   resource: Microsoft.Cache/redisEnterprise/databases
#   reads:
#     - {path: resource.properties.redisVersion, type: string}
#   parameters:
#     managed_redis_versions_supported: {type: list, default: ["7.4"], pattern: "^[0-9]+[.][0-9]+$", meaning: release series of Redis that count as supported in Managed Redis}
#   controls:
#     RTS-4-2-b-ix: compares the version of the database in use with the ones that are still supported
#     DORA-7-intro: shows whether the database is kept up to date
#     DORA-8-7: points to databases that have become legacy systems
#     DORA-9-4-f: shows whether the rules for updates reached this database
#   remediation:
#     az: |
#       az rest --method post --url https://management.azure.com/DATABASE_ID/upgradeDBRedisVersion?api-version=2025-07-01
#     portal: Managed Redis > Overview > Upgrade
#     note: Connections are interrupted for a moment.
package azure.managed_redis.version_supported

_version := input.resource.properties.redisVersion

_series := concat(".", array.slice(split(_version, "."), 0, 2))

_numbered if regex.match(`^[0-9]+[.][0-9]+$`, _series)

deny contains finding if {
	_numbered
	not _series in data.parameters.managed_redis_versions_supported
	finding := {
		"message": sprintf("the database runs Redis %s, which does not count as supported", [_version]),
		"path": "resource.properties.redisVersion",
		"actual": _version,
		"expected": data.parameters.managed_redis_versions_supported,
	}
}

unknown contains sprintf("%q is no version", [_version]) if not _numbered
