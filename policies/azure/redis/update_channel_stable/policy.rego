# METADATA
# title: The cache takes released updates only
# description: |
#   The channel Preview brings updates about four weeks before others get them. It is there to try them out, on caches that may fail. A
#   template that names no channel gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-administration
# custom:
#   check: RED-INV-002
#   severity: low
#   resource: Microsoft.Cache/redis
#   reads:
#     - {path: resource.properties.updateChannel, type: string}
#   controls:
#     DORA-9-4-e: changes come to the cache after they were tested and released, not to be tested on it
#     DORA-7-b: the software of the cache is one that its maker released
#     RTS-17-1-a: a change is checked elsewhere before it reaches this cache
#   fix: {path: resource.properties.updateChannel, value: Stable}
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set updateChannel=Stable
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           updateChannel: 'Stable'
#         }
#       }
#     portal: Cache > Administration > Schedule updates > Update channel
package azure.redis.update_channel_stable

import data.lib.arm

_update_channel := input.resource.properties.updateChannel

deny contains finding if {
	arm.same(_update_channel, "Preview")
	finding := {
		"message": "updates arrive before they are released",
		"path": "resource.properties.updateChannel",
		"actual": _update_channel,
		"expected": "Stable",
	}
}

unknown contains sprintf("updateChannel is %q, which this policy does not know", [_update_channel]) if {
	not arm.one_of(_update_channel, ["Stable", "Preview"])
}
