# METADATA
# title: PostgreSQL has a private endpoint that works
# description: |
#   A private endpoint gives the server an address in the virtual network of the firm. One that waits for approval, or was rejected, carries
#   no traffic, and clients go on through the public address. Azure knows the state: code gives no verdict. A server that stands in a subnet
#   of the firm takes no private endpoints: the policy does not apply to it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/network/concepts-networking-private-link
# custom:
#   check: PG-NET-002
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: resource.properties.privateEndpointConnections, type: array}
#     - {path: resource.properties.network, type: object}
#   controls:
#     DORA-9-4-b: the path to the server is one that the firm can cut by removing the endpoint
#     DORA-9-3-c: clients of the firm have a way to the server that does not cross the internet
#     RTS-13-1-g: traffic of the firm to the server stays on its own network
#     RTS-13-1-d: connections come from networks that the firm approved
#     GDPR-32-1-b: personal data travels on the private network
#     GDPR-25-2: access is designed for the clients of the firm, not for an indefinite number of people
#   remediation:
#     az: |
#       az network private-endpoint create --resource-group RESOURCE_GROUP --name pe-payments --subnet SUBNET_ID \
#         --private-connection-resource-id RESOURCE_ID --group-id postgresqlServer --connection-name database
#     terraform: |
#       resource "azurerm_private_endpoint" "example" {
#         name                = "pe-payments"
#         location            = azurerm_resource_group.example.location
#         resource_group_name = azurerm_resource_group.example.name
#         subnet_id           = azurerm_subnet.example.id
#         private_service_connection {
#           name                           = "database"
#           private_connection_resource_id = azurerm_postgresql_flexible_server.example.id
#           subresource_names              = ["postgresqlServer"]
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
#             { name: 'database', properties: { privateLinkServiceId: server.id, groupIds: [ 'postgresqlServer' ] } }
#           ]
#         }
#       }
#     portal: Server > Settings > Networking > Private endpoints
#     note: Approve the connection where it was asked for by hand, and link the private DNS zone to the network of the clients.
package azure.postgresql.private_endpoint_approved

import data.lib.arm

_connections := input.resource.properties.privateEndpointConnections

_network := input.resource.properties.network

_readable if {
	every _, value in _network {
		_is_text(value)
	}
}

_is_text(value) if is_string(value)

_is_text(value) if is_null(value)

_in_subnet if regex.match(`.`, _network.delegatedSubnetResourceId)

not_applicable contains "the server stands in a subnet of the firm, where it takes no private endpoints" if {
	_in_subnet
}

unknown contains "the network settings cannot be read" if not _readable

_states contains connection.properties.privateLinkServiceConnectionState.status if some connection in _connections

_approved if {
	some state in _states
	arm.same(state, "Approved")
}

_without_approval(connection) if {
	arm.one_of(connection.properties.privateLinkServiceConnectionState.status, ["Pending", "Rejected", "Disconnected"])
}

deny contains finding if {
	every connection in _connections {
		_without_approval(connection)
	}
	finding := {
		"message": "no private endpoint connection is approved",
		"path": "resource.properties.privateEndpointConnections",
		"actual": sort(_states),
		"expected": "Approved",
	}
}

unknown contains "no connection is approved, and the state of one is not known" if {
	not _approved
	some connection in _connections
	not _without_approval(connection)
}
