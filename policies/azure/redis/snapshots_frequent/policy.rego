# METADATA
# title: Snapshots of the cache are written often enough
# description: |
#   What the cache took in since the last snapshot is lost with its nodes. The interval runs from a quarter of an hour to a day. A cache
#   that writes no snapshots is judged by persistence_enabled.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-premium-persistence
# custom:
#   check: RED-BKP-002
#   severity: low
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.redisConfiguration.rdb-backup-enabled
#       type: string
#       absent: "off: snapshots are written only where the cache says so"
#     - {path: resource.properties.redisConfiguration.rdb-backup-frequency, type: string}
#   parameters:
#     redis_snapshot_minutes_max: {type: integer, default: 60, min: 1, max: 1440, meaning: most minutes between two snapshots of a cache}
#   controls:
#     DORA-12-1-a: compares how often snapshots of the cache are made with the least that its data asks for
#     RTS-39-2-g: holds the frequency of backup to the minimum that the plan sets
#     RTS-24-1-b-ii-2: the interval bounds how much of the cache a loss takes with it, which the recovery point has to allow
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set redisConfiguration.rdb-backup-frequency=60
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         redis_configuration {
#           rdb_backup_enabled   = true
#           rdb_backup_frequency = 60
#         }
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           redisConfiguration: {
#             'rdb-backup-enabled': 'true'
#             'rdb-backup-frequency': '60'
#           }
#         }
#       }
package azure.redis.snapshots_frequent

import data.lib.arm

default _snapshots := "false"

_snapshots := input.resource.properties.redisConfiguration["rdb-backup-enabled"]

_text := input.resource.properties.redisConfiguration["rdb-backup-frequency"]

_minutes := to_number(_text) if regex.match(`^[0-9]{1,5}$`, _text)

not_applicable contains "the cache writes no snapshots" if arm.one_of(_snapshots, ["false", ""])

deny contains finding if {
	_minutes > data.parameters.redis_snapshot_minutes_max
	finding := {
		"message": sprintf("a snapshot is written every %v minutes, less often than every %v", [_minutes, data.parameters.redis_snapshot_minutes_max]),
		"path": "resource.properties.redisConfiguration.rdb-backup-frequency",
		"actual": _minutes,
		"expected": sprintf("at most %v minutes", [data.parameters.redis_snapshot_minutes_max]),
	}
}

unknown contains sprintf("%q is no number of minutes", [_text]) if not _minutes

unknown contains sprintf("%q is neither true nor false", [_snapshots]) if not arm.one_of(_snapshots, ["true", "false", ""])
