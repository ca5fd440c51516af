# METADATA
# title: Snapshots of the Managed Redis database are written often enough
# description: |
#   What the database took in since the last snapshot is lost with its nodes. Snapshots are written every one, six or twelve hours; a log of
#   writes (aofEnabled) is at most a second behind, and this policy does not apply to it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/how-to-persistence
# custom:
#   check: RED-BKP-004
#   severity: low
#   resource: Microsoft.Cache/redisEnterprise/databases
#   reads:
#     - path: resource.properties.persistence.rdbEnabled
#       type: boolean
#       absent: "off: snapshots are written only where the database says so"
#     - {path: resource.properties.persistence.rdbFrequency, type: string}
#   parameters:
#     redis_snapshot_minutes_max: {type: integer, default: 60, min: 1, max: 1440, meaning: most minutes between two snapshots of a cache}
#   controls:
#     DORA-12-1-a: compares how often snapshots of the cache are made with the least that its data asks for
#     RTS-39-2-g: holds the frequency of backup to the minimum that the plan sets
#     RTS-24-1-b-ii-2: the interval bounds how much of the cache a loss takes with it, which the recovery point has to allow
#   remediation:
#     az: az redisenterprise database update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --persistence rdb-enabled=true rdb-frequency=1h
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         default_database {
#           persistence_redis_database_backup_frequency = "1h"
#         }
#       }
#     bicep: |
#       resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
#         // ...
#         properties: {
#           persistence: { rdbEnabled: true, rdbFrequency: '1h' }
#         }
#       }
package azure.managed_redis.snapshots_frequent

default _snapshots := false

_snapshots := input.resource.properties.persistence.rdbEnabled

_text := input.resource.properties.persistence.rdbFrequency

_minutes := to_number(trim_suffix(lower(_text), "h")) * 60 if regex.match(`^[0-9]{1,3}h$`, lower(_text))

not_applicable contains "the database writes no snapshots" if _snapshots == false

deny contains finding if {
	_minutes > data.parameters.redis_snapshot_minutes_max
	finding := {
		"message": sprintf("a snapshot is written every %v minutes, less often than every %v", [_minutes, data.parameters.redis_snapshot_minutes_max]),
		"path": "resource.properties.persistence.rdbFrequency",
		"actual": _text,
		"expected": sprintf("at most %v minutes", [data.parameters.redis_snapshot_minutes_max]),
	}
}

unknown contains sprintf("%q is no number of hours", [_text]) if not _minutes
