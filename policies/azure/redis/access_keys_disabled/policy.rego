# METADATA
# title: The Redis cache refuses its access keys
# description: |
#   An access key opens everything in the cache, names nobody, knows no second factor and stays valid until it is rotated. With the keys
#   disabled, only Microsoft Entra identities with an access policy get in. Caches that never set the property accept the keys.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-azure-active-directory-for-authentication
# custom:
#   check: RED-AUTH-001
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.disableAccessKeyAuthentication
#       type: boolean
#       absent: "off: a cache accepts its keys until somebody disables them"
#   controls:
#     DORA-9-4-c: closes a way into the cache that the central administration of rights does not see, an access key
#     DORA-9-4-d: an access key is not strong authentication, and with this setting it no longer opens the cache
#     RTS-20-1: every caller of the cache is an identity that the directory knows and authenticates
#     RTS-21-c: ends access by an access key that several people or programs share, so that actions can be traced to one
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked access key no longer exposes personal data
#   fix: {path: resource.properties.disableAccessKeyAuthentication, value: true}
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set disableAccessKeyAuthentication=true
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         access_keys_authentication_enabled = false
#         redis_configuration {
#           active_directory_authentication_enabled = true
#         }
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           disableAccessKeyAuthentication: true
#         }
#       }
#     portal: Cache > Settings > Authentication > Disable Access Keys Authentication
#     note: |
#       Move every client to Entra sign-in first. All clients that are connected with a key are dropped.
package azure.redis.access_keys_disabled

default _disabled := false

_disabled := input.resource.properties.disableAccessKeyAuthentication

deny contains finding if {
	not _disabled
	finding := {
		"message": "the cache can be opened with its access keys",
		"path": "resource.properties.disableAccessKeyAuthentication",
		"actual": _disabled,
		"expected": true,
	}
}
