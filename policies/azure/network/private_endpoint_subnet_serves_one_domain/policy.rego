# METADATA
# title: The subnet of the private endpoint holds one business domain only
# description: |
#   Network rules and routes apply to a whole subnet. Where endpoints of two domains share one, neither can be closed off without the other,
#   and what may reach one may reach the other. The domain of an endpoint is the one that it declares itself, not that of its target. The
#   subnet is fixed at creation: an endpoint is made anew, which changes its address.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/private-endpoint-overview
# custom:
#   check: ISO-DOM-004
#   severity: medium
#   resource: Microsoft.Network/privateEndpoints
#   reads:
#     - {path: resource.properties.subnet.id, type: string}
#     - related.subnet_users
#   controls:
#     DORA-9-4-b: the private way into one domain can be cut off at once without stopping another
#     RTS-13-1-a: shows that the entry points of domains are segmented in the network, not only in name
#     RTS-13-1-j: an endpoint subnet of one domain can be isolated for a time as a whole
#   remediation:
#     az: |
#       az network private-endpoint create --resource-group RESOURCE_GROUP --name pe-payments-pg --subnet PAYMENTS_SUBNET_ID \
#         --private-connection-resource-id TARGET_ID --group-id postgresqlServer --connection-name payments-pg
#       az network private-endpoint delete --resource-group RESOURCE_GROUP --name OLD_ENDPOINT
#     terraform: |
#       resource "azurerm_private_endpoint" "payments" {
#         # ...
#         subnet_id = azurerm_subnet.payments_endpoints.id # changing it replaces the endpoint
#       }
#     bicep: |
#       resource endpoint 'Microsoft.Network/privateEndpoints@2025-01-01' = {
#         // ...
#         properties: {
#           subnet: {
#             id: paymentsSubnet.id
#           }
#         }
#       }
#     note: Move the DNS zone group to the new endpoint before the old one is deleted.
package azure.network.private_endpoint_subnet_serves_one_domain

import data.lib.domains

users := input.related.subnet_users

deny contains finding if {
	domains.shared(users)
	finding := {
		"message": sprintf("the subnet is shared by the business domains %s", [domains.names(users)]),
		"path": "related.subnet_users",
		"actual": domains.names(users),
		"expected": "one business domain",
	}
}

unknown contains "the private endpoint names no subnet" if input.resource.properties.subnet.id == ""

unknown contains sprintf("%v users of the subnet name no business domain", [users.undeclared.count]) if domains.undeclared(users)
