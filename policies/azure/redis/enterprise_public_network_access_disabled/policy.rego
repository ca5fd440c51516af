# METADATA
# title: Managed Redis cannot be reached from the internet
# description: |
#   While public access is on, the cluster has an address on the internet, and Managed Redis has no firewall rules that could narrow it.
#   With it off, private endpoints are the only way in. Older API versions do not know the property; such a template gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/private-link
# custom:
#   check: RED-NET-003
#   severity: high
#   resource: Microsoft.Cache/redisEnterprise
#   reads:
#     - {path: resource.properties.publicNetworkAccess, type: string}
#   controls:
#     DORA-9-4-b: leaves private endpoints as the only way to the cluster, so that the cluster can be isolated by changing a short list
#     DORA-9-3-c: keeps networks that have no business with the cluster from trying stolen credentials or flaws on it
#     RTS-13-1-g: decides whether traffic from the internet reaches the cluster at all
#     RTS-13-1-d: connections to the cluster from networks that nobody approved are refused before any credential is looked at
#     RTS-11-2-i: data cannot leave the cluster towards an arbitrary network, even with a valid credential
#     GDPR-32-1-b: adds a network barrier to the credentials that protect personal data in the cluster
#     GDPR-25-2: by default the cluster is reachable for those who need it and not for the whole internet
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az redisenterprise update --resource-group RESOURCE_GROUP --name CLUSTER --public-network-access Disabled
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         public_network_access = "Disabled"
#       }
#     bicep: |
#       resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     note: |
#       Create the private endpoint and its DNS record first.
package azure.redis.enterprise_public_network_access_disabled

import data.lib.arm

_public := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public, "Enabled")
	finding := {
		"message": "the cluster answers requests from the internet",
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Disabled", "Enabled"])
}
