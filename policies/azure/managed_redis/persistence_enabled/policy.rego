# METADATA
# title: The Managed Redis database writes its data to disk where the firm requires it
# description: |
#   A database of Managed Redis holds its data in memory: when all nodes are lost at once, or a patch goes wrong, it comes back empty. That
#   is right for copies of data that stand elsewhere and wrong for sessions, queues and locks that stand nowhere else.
#   redis_persistence_required says for which data the firm asks for it, by data class or criticality.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/how-to-persistence
# custom:
#   check: RED-BKP-003
#   severity: medium
#   resource: Microsoft.Cache/redisEnterprise/databases
#   reads:
#     - path: resource.properties.persistence.aofEnabled
#       type: boolean
#       absent: "off: the log of writes is kept only where the database says so"
#     - path: resource.properties.persistence.rdbEnabled
#       type: boolean
#       absent: "off: snapshots are written only where the database says so"
#   parameters:
#     redis_persistence_required: {type: boolean, default: false, meaning: whether a cache must write its data to storage}
#   controls:
#     DORA-12-1-a: shows whether the data of the cache is among what is backed up, where the firm asks for it
#     DORA-9-3-b: the loss of all nodes does not lose the data for good
#     GDPR-32-1-c: personal data that stands in the cache only can be brought back
#   remediation:
#     az: az redisenterprise database update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --persistence aof-enabled=true aof-frequency=1s
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         default_database {
#           persistence_append_only_file_backup_frequency = "1s"
#         }
#       }
#     bicep: |
#       resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
#         // ...
#         properties: {
#           persistence: { aofEnabled: true, aofFrequency: '1s' }
#         }
#       }
package azure.managed_redis.persistence_enabled

default _log := false

_log := input.resource.properties.persistence.aofEnabled

default _snapshots := false

_snapshots := input.resource.properties.persistence.rdbEnabled

not_applicable contains "the firm does not ask for it here" if data.parameters.redis_persistence_required == false

deny contains finding if {
	data.parameters.redis_persistence_required == true
	_log == false
	_snapshots == false
	finding := {
		"message": "the data stands in memory only",
		"path": "resource.properties.persistence.aofEnabled",
		"actual": false,
		"expected": true,
	}
}
