# METADATA
# title: Every private endpoint connection of the service is approved
# description: |
#   A connection that waits is a request: from a team of the firm whose traffic still takes the public way, or from somebody who knows the id
#   of the service and hopes for a careless approval. Rejected and cut connections carry nothing and hide what counts. Azure knows the
#   state: code gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/manage-private-endpoint
# custom:
#   check: NET-PE-003
#   severity: low
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
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#     - Microsoft.Sql/servers
#     - Microsoft.Sql/managedInstances
#     - Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.privateEndpointConnections
#       type: array
#       absent: "none: some services leave the list out when nothing is connected"
#   controls:
#     DORA-9-4-b: the list of private connections is administered, so that the ones to cut are known
#     RTS-13-1-b: shows connections that are listed and carry nothing
#     RTS-13-1-d: a request to connect is decided instead of left open
#   remediation:
#     az: |
#       az network private-endpoint-connection approve --id CONNECTION_ID --description "change 4711"
#       az network private-endpoint-connection delete --id CONNECTION_ID --yes
#     portal: The service > Networking > Private endpoint connections > Approve, Reject or Remove
package azure.estate.private_endpoint_connections_settled

import data.lib.arm

default _connections := []

_connections := input.resource.properties.privateEndpointConnections

_state(connection) := connection.properties.privateLinkServiceConnectionState.status

_known(connection) if arm.one_of(_state(connection), ["Approved", "Pending", "Rejected", "Disconnected"])

not_applicable contains "nothing is connected" if count(_connections) == 0

deny contains finding if {
	some connection in _connections
	arm.one_of(_state(connection), ["Pending", "Rejected", "Disconnected"])
	finding := {
		"message": sprintf("the connection %v is %s", [object.get(connection, "name", "without a name"), lower(_state(connection))]),
		"path": "resource.properties.privateEndpointConnections",
		"actual": _state(connection),
		"expected": "Approved",
	}
}

unknown contains "the state of a connection is not known" if {
	some connection in _connections
	not _known(connection)
}
