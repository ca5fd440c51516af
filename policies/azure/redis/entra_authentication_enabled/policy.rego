# METADATA
# title: The Redis cache accepts Microsoft Entra identities
# description: |
#   Without Entra sign-in, access keys are the only credential: shared, without an owner and without a second factor. This is the first
#   step; the second is to refuse the keys (access_keys_disabled).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-azure-active-directory-for-authentication
# custom:
#   check: RED-AUTH-002
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.properties.redisConfiguration.aad-enabled
#       type: string
#       absent: "false: Entra sign-in has to be switched on"
#   controls:
#     DORA-9-4-c: gives the central administration of rights a say over who reads the cache
#     DORA-9-4-d: makes a stronger credential than a shared key available to clients of the cache
#     RTS-20-1: clients can sign in to the cache under an identity of their own
#     RTS-21-c: removes the reason for programs to share one key
#     GDPR-32-1-b: access to personal data in the cache can be given and taken back for each client
#   remediation:
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         redis_configuration {
#           active_directory_authentication_enabled = true
#         }
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           redisConfiguration: {
#             'aad-enabled': 'true'
#           }
#         }
#       }
#     portal: Cache > Settings > Authentication > Microsoft Entra Authentication > Enable
#     note: |
#       The cache restarts one node after the other; connections are interrupted.
package azure.redis.entra_authentication_enabled

import data.lib.arm

default _entra := "false"

_entra := input.resource.properties.redisConfiguration["aad-enabled"]

deny contains finding if {
	arm.same(_entra, "false")
	finding := {
		"message": "nobody can sign in to the cache with an Entra identity",
		"path": "resource.properties.redisConfiguration.aad-enabled",
		"actual": _entra,
		"expected": "true",
	}
}

unknown contains sprintf("the setting is %q, which this policy does not know", [_entra]) if {
	not arm.one_of(_entra, ["true", "false"])
}
