# METADATA
# title: The Redis cache asks for a credential
# description: |
#   With authnotrequired, whoever reaches the cache reads, changes and deletes everything in it. Azure allows that for Premium caches
#   inside a virtual network only, so the network is all that is left of the protection.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure
# custom:
#   check: RED-AUTH-003
#   severity: critical
#   resource: Microsoft.Cache/redis
#   reads:
#     - {path: resource.properties.sku.name, type: string}
#     - path: resource.properties.redisConfiguration.authnotrequired
#       type: string
#       absent: "false: a cache asks for a credential unless it is told not to"
#   controls:
#     DORA-9-4-c: no access to the cache escapes the administration of rights altogether
#     DORA-9-4-d: a cache that asks for nothing has no authentication that could be strong
#     RTS-20-1: every client of the cache has to show who it is
#     GDPR-32-1-b: personal data in the cache is not open to everything in the same network
#   fix: {path: resource.properties.redisConfiguration.authnotrequired, value: "false"}
#   remediation:
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         redis_configuration {
#           authentication_enabled = true
#         }
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           redisConfiguration: {
#             authnotrequired: 'false'
#           }
#         }
#       }
#     note: |
#       Give the clients their credential before the change.
package azure.redis.authentication_required

import data.lib.arm

default _open := "false"

_open := input.resource.properties.redisConfiguration.authnotrequired

not_applicable contains "only a Premium cache in a virtual network can do without credentials" if {
	arm.one_of(input.resource.properties.sku.name, ["Basic", "Standard"])
}

deny contains finding if {
	arm.same(_open, "true")
	finding := {
		"message": "the cache answers commands without any credential",
		"path": "resource.properties.redisConfiguration.authnotrequired",
		"actual": _open,
		"expected": "false",
	}
}

unknown contains sprintf("authnotrequired is %q, which this policy does not know", [_open]) if {
	not arm.one_of(_open, ["true", "false"])
}
