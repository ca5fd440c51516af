# METADATA
# title: The cache writes its data to storage where the firm requires it
# description: |
#   A cache holds its data in memory: when all nodes are lost at once, or a patch goes wrong, it comes back empty. That is right for copies
#   of data that stand elsewhere and wrong for sessions, queues and locks that stand nowhere else. redis_persistence_required says for which
#   data the firm asks for it, by data class or criticality. Only the Premium tier can.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-premium-persistence
# custom:
#   check: RED-BKP-001
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.redisConfiguration.rdb-backup-enabled
#       type: string
#       absent: "off: snapshots are written only where the cache says so"
#     - path: resource.properties.redisConfiguration.aof-backup-enabled
#       type: string
#       absent: "off: the log of writes is kept only where the cache says so"
#     - {path: resource.properties.sku.name, type: string}
#   parameters:
#     redis_persistence_required: {type: boolean, default: false, meaning: whether a cache must write its data to storage}
#   controls:
#     DORA-12-1-a: shows whether the data of the cache is among what is backed up, where the firm asks for it
#     DORA-9-3-b: the loss of all nodes does not lose the data for good
#     GDPR-32-1-c: personal data that stands in the cache only can be brought back
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set redisConfiguration.rdb-backup-enabled=true redisConfiguration.rdb-backup-frequency=60 redisConfiguration.preferred-data-persistence-auth-method=ManagedIdentity redisConfiguration.storage-subscription-id=SUBSCRIPTION_ID
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         sku_name = "Premium"
#         redis_configuration {
#           rdb_backup_enabled                      = true
#           rdb_backup_frequency                    = 60
#           data_persistence_authentication_method  = "ManagedIdentity"
#           storage_account_subscription_id         = data.azurerm_client_config.current.subscription_id
#         }
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           redisConfiguration: {
#             'rdb-backup-enabled': 'true'
#             'rdb-backup-frequency': '60'
#             'preferred-data-persistence-auth-method': 'ManagedIdentity'
#           }
#         }
#       }
package azure.redis.persistence_enabled

import data.lib.arm

default _snapshots := "false"

_snapshots := input.resource.properties.redisConfiguration["rdb-backup-enabled"]

default _log := "false"

_log := input.resource.properties.redisConfiguration["aof-backup-enabled"]

_sku := input.resource.properties.sku.name

not_applicable contains "the firm does not ask for it here" if data.parameters.redis_persistence_required == false

deny contains finding if {
	data.parameters.redis_persistence_required == true
	arm.one_of(_snapshots, ["false", ""])
	arm.one_of(_log, ["false", ""])
	finding := {
		"message": sprintf("the data of the %s cache stands in memory only", [_sku]),
		"path": "resource.properties.redisConfiguration.rdb-backup-enabled",
		"actual": _snapshots,
		"expected": "true",
	}
}

unknown contains sprintf("%q is neither true nor false", [text]) if {
	some text in [_snapshots, _log]
	not arm.one_of(text, ["true", "false", ""])
}
