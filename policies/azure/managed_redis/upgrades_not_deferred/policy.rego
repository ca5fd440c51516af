# METADATA
# title: The Managed Redis database takes up new versions of Redis
# description: |
#   With deferred upgrades a new version of Redis, with the corrections in it, waits for somebody to start it, for ninety days at most.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/how-to-upgrade
# custom:
#   check: RED-INV-003
#   severity: low
#   resource: Microsoft.Cache/redisEnterprise/databases
#   reads:
#     - path: resource.properties.deferUpgrade
#       type: string
#       absent: "NotDeferred: upgrades come by themselves unless the database says otherwise"
#   controls:
#     DORA-9-4-f: the rules for patches reach this database without waiting for somebody to remember
#     RTS-10-4-d: bounds the time between the release of a correction and its installation
#     DORA-7-intro: keeps the database up to date
#   fix: {path: resource.properties.deferUpgrade, value: NotDeferred}
#   remediation:
#     az: az resource update --ids DATABASE_ID --set properties.deferUpgrade=NotDeferred
#     bicep: |
#       resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
#         // ...
#         properties: {
#           deferUpgrade: 'NotDeferred'
#         }
#       }
package azure.managed_redis.upgrades_not_deferred

import data.lib.arm

default _defer_upgrade := "NotDeferred"

_defer_upgrade := input.resource.properties.deferUpgrade

deny contains finding if {
	arm.same(_defer_upgrade, "Deferred")
	finding := {
		"message": "upgrades of Redis wait until somebody starts them",
		"path": "resource.properties.deferUpgrade",
		"actual": _defer_upgrade,
		"expected": "NotDeferred",
	}
}

unknown contains sprintf("deferUpgrade is %q, which this policy does not know", [_defer_upgrade]) if {
	not arm.one_of(_defer_upgrade, ["NotDeferred", "Deferred"])
}
