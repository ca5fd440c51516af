# METADATA
# title: Names that a zone of private endpoints lacks are not looked up on the internet
# description: |
#   With NxDomainRedirect a name that the zone does not hold is asked again in the public DNS, and clients go to the public address of the
#   service without anybody noticing that its private endpoint or record is missing. Without it the name fails, and the gap is found.
#   Networks that also use services of other firms may need it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-dns-fallback
# custom:
#   check: NET-DNS-012
#   severity: low
#   resource: Microsoft.Network/privateDnsZones/virtualNetworkLinks
#   reads:
#     - path: resource.properties.resolutionPolicy
#       type: string
#       absent: "Default: no other answer is looked for"
#     - {path: resource.properties.virtualNetwork.id, type: string}
#   controls:
#     RTS-13-1-g: traffic does not move to the internet because a record is missing
#     RTS-14-1-a: a client reaches the private endpoint or nothing
#     DORA-9-3-a: the channel that is meant to be private does not become public by itself
#   fix: {path: resource.properties.resolutionPolicy, value: Default}
#   remediation:
#     az: az network private-dns link vnet update --resource-group RESOURCE_GROUP --zone-name ZONE --name LINK --resolution-policy Default
#     terraform: |
#       resource "azurerm_private_dns_zone_virtual_network_link" "example" {
#         # ...
#         resolution_policy = "Default"
#       }
#     bicep: |
#       resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
#         // ...
#         properties: {
#           resolutionPolicy: 'Default'
#         }
#       }
package azure.dns.link_without_public_fallback

import data.lib.arm

default _policy := "Default"

_policy := input.resource.properties.resolutionPolicy

_network := input.resource.properties.virtualNetwork.id

_private_link if contains(lower(input.resource.id), "/privatednszones/privatelink.")

not_applicable contains "the zone is not one of private endpoints" if not _private_link

deny contains finding if {
	arm.same(_policy, "NxDomainRedirect")
	finding := {
		"message": sprintf("missing names are answered with public addresses (network %s)", [_network]),
		"path": "resource.properties.resolutionPolicy",
		"actual": _policy,
		"expected": "Default",
	}
}

unknown contains sprintf("resolutionPolicy is %q, which this policy does not know", [_policy]) if {
	not arm.one_of(_policy, ["Default", "NxDomainRedirect"])
}
