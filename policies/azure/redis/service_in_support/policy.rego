# METADATA
# title: The cache is of a service that does not end soon
# description: |
#   Microsoft has announced that Azure Cache for Redis in the tiers Basic, Standard and Premium ends on 30 September 2028; Azure Managed
#   Redis takes its place. Moving takes time, above all where programs depend on the name and port. From how many days before the end the
#   use is a finding is the parameter retirement_notice_days.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq
# custom:
#   check: RED-EOL-002
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - {path: resource.properties.sku.name, type: string}
#     - context.at
#   parameters:
#     retirement_notice_days: {type: integer, default: 365, min: 0, max: 1825, meaning: days before the end of a service from which its use is a finding}
#   controls:
#     RTS-4-2-b-ix: compares the day of the check with the end of support that the supplier has announced
#     DORA-8-7: points to caches that become legacy systems
#     DORA-7-intro: systems in use are ones that are still kept up
#     RTS-34: the end of support is seen in time to replace the service
#   remediation:
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         sku_name = "Balanced_B10"
#       }
#     bicep: |
#       resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
#         name: 'amr-payments-weu-01'
#         location: location
#         sku: { name: 'Balanced_B10' }
#         properties: { highAvailability: 'Enabled', minimumTlsVersion: '1.2', publicNetworkAccess: 'Disabled' }
#       }
#     note: Make an instance of Azure Managed Redis, move the data or let it fill anew, and point the programs to it.
package azure.redis.service_in_support

import data.lib.durations

_sku := input.resource.properties.sku.name

# 2028-09-30, in epoch seconds.
_end := 1853884800

_days := durations.between(input.context.at, _end)

deny contains finding if {
	_days < data.parameters.retirement_notice_days
	finding := {
		"message": sprintf("the service of the tier %s ends on 2028-09-30, %v days after the facts were read", [_sku, ceil(_days)]),
		"path": "resource.properties.sku.name",
		"actual": _sku,
		"expected": "a tier of Azure Managed Redis",
	}
}
