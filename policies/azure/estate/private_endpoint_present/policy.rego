# METADATA
# title: An app or factory without public access has a private endpoint
# description: |
#   An app or data factory whose public address is closed is reached over private endpoints. Without one nobody reaches it, and the next
#   outage tempts somebody to open the public address again. Whether the connection is approved, the policies of private endpoints judge.
#   Endpoints outside of what was read are not seen: read all subscriptions in which endpoints of the firm stand.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/overview-private-endpoint
#   - ref: https://learn.microsoft.com/azure/data-factory/data-factory-private-link
# custom:
#   check: NET-PE-002
#   severity: medium
#   resource: [Microsoft.Web/sites, Microsoft.DataFactory/factories]
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: the service has a public address until told otherwise"
#     - related.private_endpoints.*
#   controls:
#     DORA-9-4-b: the path to the service is one that the firm can cut by removing the endpoint
#     DORA-9-3-c: a service that nobody can reach is unavailable, and somebody will open it to the internet to mend that
#     RTS-13-1-g: traffic of the firm to the service has a way on its own network
#     RTS-13-1-b: the closed public address is matched by a private connection that exists
#   remediation:
#     az: |
#       az network private-endpoint create --resource-group RESOURCE_GROUP --name pe-payments --subnet SUBNET_ID \
#         --private-connection-resource-id RESOURCE_ID --group-id GROUP_ID --connection-name service
#     terraform: |
#       resource "azurerm_private_endpoint" "example" {
#         name                = "pe-payments"
#         location            = azurerm_resource_group.example.location
#         resource_group_name = azurerm_resource_group.example.name
#         subnet_id           = azurerm_subnet.example.id
#         private_service_connection {
#           name                           = "service"
#           private_connection_resource_id = azurerm_linux_web_app.example.id
#           subresource_names              = ["sites"]
#           is_manual_connection           = false
#         }
#       }
#     bicep: |
#       resource endpoint 'Microsoft.Network/privateEndpoints@2025-01-01' = {
#         name: 'pe-payments'
#         location: location
#         properties: {
#           subnet: { id: subnetId }
#           privateLinkServiceConnections: [
#             { name: 'service', properties: { privateLinkServiceId: app.id, groupIds: [ 'sites' ] } }
#           ]
#         }
#       }
package azure.estate.private_endpoint_present

import data.lib.arm

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

_endpoints := count(input.related.private_endpoints)

_counted if is_object(input.related.private_endpoints)

not_applicable contains "public access is open" if arm.one_of(_access, ["Enabled", ""])

deny contains finding if {
	arm.same(_access, "Disabled")
	_endpoints == 0
	finding := {
		"message": "public access is closed, and no private endpoint leads to the service",
		"path": "related.private_endpoints.*",
		"actual": _endpoints,
		"expected": "one endpoint or more",
	}
}

unknown contains "the private endpoints of the service cannot be counted" if not _counted

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Enabled", "Disabled", ""])
}
