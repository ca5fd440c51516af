# METADATA
# title: The DNS forwarding ruleset is linked to a virtual network
# description: |
#   The rules of a ruleset hold in the networks that are linked to it and nowhere else. Without a link nobody follows them, and names of the
#   firm's own domains are not resolved from Azure.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets
# custom:
#   check: NET-DNS-003
#   severity: low
#   resource: Microsoft.Network/dnsForwardingRulesets
#   reads:
#     - {path: children.virtualNetworkLinks.*}
#   controls:
#     DORA-9-4-b: shows rules for name resolution that no network follows
#     RTS-13-1-b: compares the documented way of name resolution with the networks that take it
#   remediation:
#     az: az dns-resolver vnet-link create --resource-group RESOURCE_GROUP --ruleset-name RULESET --name hub --id HUB_VNET_ID
#     terraform: |
#       resource "azurerm_private_dns_resolver_virtual_network_link" "example" {
#         name                      = "hub"
#         dns_forwarding_ruleset_id = azurerm_private_dns_resolver_dns_forwarding_ruleset.example.id
#         virtual_network_id        = azurerm_virtual_network.hub.id
#       }
#     bicep: |
#       resource link 'Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks@2022-07-01' = {
#         parent: ruleset
#         name: 'hub'
#         properties: { virtualNetwork: { id: hub.id } }
#       }
package azure.dns.forwarding_ruleset_linked

deny contains finding if {
	count(input.children.virtualNetworkLinks) == 0
	finding := {
		"message": "no virtual network is linked to the ruleset",
		"path": "children.virtualNetworkLinks.*",
		"actual": 0,
		"expected": "one link or more",
	}
}
