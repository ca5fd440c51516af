# METADATA
# title: The virtual network serves one business domain only
# description: |
#   A network of one domain can be cut off as a whole. Many firms share a network and give each domain subnets of its own, which other
#   policies judge: so this choice is off until the firm sets the parameter. Everything placed in one of the subnets counts; peered networks
#   do not.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-network-vnet-plan-design-arm
# custom:
#   check: ISO-DOM-004
#   severity: medium
#   resource: Microsoft.Network/virtualNetworks
#   reads:
#     - related.network_users
#   parameters:
#     virtual_network_per_domain_required: {type: boolean, default: false, meaning: whether each business domain must have virtual networks of its own}
#   controls:
#     DORA-9-4-b: the network of one domain can be cut off at once without stopping another
#     RTS-13-1-a: shows that domains are segmented by networks of their own
#     RTS-13-1-j: a network of one domain can be isolated for a time as a whole
#   remediation:
#     az: az network vnet create --resource-group RESOURCE_GROUP --name vnet-risk --location westeurope --address-prefixes 10.60.0.0/16 --tags domain=risk
#     terraform: |
#       resource "azurerm_virtual_network" "risk" {
#         # ...
#         address_space = ["10.60.0.0/16"]
#         tags          = { domain = "risk" }
#       }
#     note: |
#       Most resources cannot change their network: make them anew in the network of their domain.
package azure.network.virtual_network_serves_one_domain

import data.lib.domains

_users := input.related.network_users

not_applicable contains "virtual networks of one domain are not required" if data.parameters.virtual_network_per_domain_required == false

not_applicable contains "nothing stands in the virtual network" if _users.count == 0

deny contains finding if {
	domains.shared(_users)
	finding := {
		"message": sprintf("the virtual network is shared by the business domains %s", [domains.spread(_users)]),
		"path": "related.network_users",
		"actual": domains.spread(_users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the virtual network name no business domain", [_users.undeclared.count]) if domains.undeclared(_users)
