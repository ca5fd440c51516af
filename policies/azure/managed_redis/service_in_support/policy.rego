# METADATA
# title: The cluster is of a service that does not end soon
# description: |
#   Clusters of this type are of Azure Managed Redis or of the tiers Enterprise and Enterprise Flash of Azure Cache for Redis. Microsoft has
#   announced that those tiers end on 31 March 2027. From how many days before the end the use is a finding is the parameter
#   retirement_notice_days.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq
# custom:
#   check: RED-EOL-003
#   severity: medium
#   resource: Microsoft.Cache/redisEnterprise
#   reads:
#     - {path: resource.sku.name, type: string}
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
package azure.managed_redis.service_in_support

import data.lib.durations

_sku := input.resource.sku.name

# 2027-03-31, in epoch seconds.
_end := 1806451200

_days := durations.between(input.context.at, _end)

_retires if startswith(lower(_sku), "enterprise")

deny contains finding if {
	_retires
	_days < data.parameters.retirement_notice_days
	finding := {
		"message": sprintf("the service of the tier %s ends on 2027-03-31, %v days after the facts were read", [_sku, ceil(_days)]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": "a tier of Azure Managed Redis",
	}
}

unknown contains "the tier has no name" if _sku == ""
