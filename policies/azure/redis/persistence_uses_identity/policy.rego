# METADATA
# title: The cache writes its snapshots under an identity
# description: |
#   Without an identity the cache carries the key of the storage account in its settings. That key opens the whole account, with all
#   snapshots in it, names nobody and stays valid until it is rotated, which then stops the snapshots.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-managed-identity
# custom:
#   check: RED-AUTH-005
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.redisConfiguration.preferred-data-persistence-auth-method
#       type: string
#       absent: "SAS: the storage account is opened by the connection string"
#     - path: resource.properties.redisConfiguration.rdb-backup-enabled
#       type: string
#       absent: "false: snapshots are written only where the cache says so"
#   controls:
#     RTS-20-1: the cache proves who it is to the storage account by an identity that the directory knows
#     RTS-21-c: writes to the account can be traced to the cache
#     DORA-9-4-d: no key of the storage account stands in settings of the cache
#     RTS-7-3: a rotated key of the account does not stop the snapshots
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set redisConfiguration.preferred-data-persistence-auth-method=ManagedIdentity redisConfiguration.storage-subscription-id=SUBSCRIPTION_ID
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#         redis_configuration {
#           data_persistence_authentication_method = "ManagedIdentity"
#           storage_account_subscription_id        = data.azurerm_client_config.current.subscription_id
#         }
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           redisConfiguration: {
#             'preferred-data-persistence-auth-method': 'ManagedIdentity'
#           }
#         }
#       }
#     note: Give the identity the role Storage Blob Data Contributor on the account first.
package azure.redis.persistence_uses_identity

import data.lib.arm

default _method := "SAS"

_method := input.resource.properties.redisConfiguration["preferred-data-persistence-auth-method"]

default _rdb_backup_enabled := "false"

_rdb_backup_enabled := input.resource.properties.redisConfiguration["rdb-backup-enabled"]

not_applicable contains "the cache writes no snapshots" if arm.one_of(_rdb_backup_enabled, ["false", ""])

deny contains finding if {
	arm.same(_method, "SAS")
	finding := {
		"message": "the storage account is opened by its key",
		"path": "resource.properties.redisConfiguration.preferred-data-persistence-auth-method",
		"actual": _method,
		"expected": "ManagedIdentity",
	}
}

unknown contains sprintf("preferred-data-persistence-auth-method is %q, which this policy does not know", [_method]) if {
	not arm.one_of(_method, ["ManagedIdentity", "SAS"])
}

unknown contains sprintf("rdb-backup-enabled is %q, which this policy does not know", [_rdb_backup_enabled]) if {
	not arm.one_of(_rdb_backup_enabled, ["false", "", "true"])
}
