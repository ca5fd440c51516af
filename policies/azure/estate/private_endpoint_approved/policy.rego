# METADATA
# title: A service without public access has a private endpoint that works
# description: |
#   A service whose public address is closed is reached over private endpoints. Where none is approved, nobody reaches it but services that
#   Azure trusts, and the next outage tempts somebody to open the public address again. Azure knows the state: code gives no verdict.
#   Services with public access are left out; other policies judge it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/private-endpoint-overview
# custom:
#   check: NET-PE-002
#   severity: medium
#   resource:
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.KeyVault/vaults
#     - Microsoft.KeyVault/managedHSMs
#     - Microsoft.DocumentDB/mongoClusters
#     - Microsoft.Kusto/clusters
#     - Microsoft.Databricks/workspaces
#     - Microsoft.EventHub/namespaces
#     - Microsoft.ServiceBus/namespaces
#     - Microsoft.Cache/redis
#     - Microsoft.Cache/redisEnterprise
#     - Microsoft.ContainerRegistry/registries
#     - Microsoft.Search/searchServices
#     - Microsoft.CognitiveServices/accounts
#     - Microsoft.RecoveryServices/vaults
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a service has a public address until told otherwise"
#     - path: resource.properties.privateEndpointConnections
#       type: array
#       absent: "none: some services leave the list out when nothing is connected"
#     - {path: resource.properties.provisioningState, type: string}
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
#           private_connection_resource_id = azurerm_storage_account.example.id
#           subresource_names              = ["blob"]
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
#             { name: 'service', properties: { privateLinkServiceId: account.id, groupIds: [ 'blob' ] } }
#           ]
#         }
#       }
#     note: Approve the connection where it was asked for by hand, and link the private DNS zone to the network of the clients.
package azure.estate.private_endpoint_approved

import data.lib.arm

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _connections := []

_connections := input.resource.properties.privateEndpointConnections

_states contains state if {
	some connection in _connections
	state := connection.properties.privateLinkServiceConnectionState.status
}

_approved if {
	some state in _states
	arm.same(state, "Approved")
}

_without_approval(connection) if {
	arm.one_of(connection.properties.privateLinkServiceConnectionState.status, ["Pending", "Rejected", "Disconnected"])
}

not_applicable contains "public access is open, or ruled by a security perimeter" if arm.one_of(_access, ["Enabled", "SecuredByPerimeter"])

# Code names no provisioning state, and no connections: what it leaves out says nothing.
deny contains finding if {
	input.resource.properties.provisioningState
	arm.same(_access, "Disabled")
	every connection in _connections {
		_without_approval(connection)
	}
	finding := {
		"message": "public access is closed, and no private endpoint connection is approved",
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

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Enabled", "Disabled", "SecuredByPerimeter"])
}
