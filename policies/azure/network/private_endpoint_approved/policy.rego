# METADATA
# title: Every connection of the private endpoint is approved
# description: |
#   A connection that waits, was refused or was cut by the owner of the service carries nothing, and clients take the public address as long
#   as there is one. A manual connection waits until somebody at the other end approves it, and code does not show whether that has
#   happened: there the finding is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/manage-private-endpoint
# custom:
#   check: NET-PE-001
#   severity: medium
#   resource: Microsoft.Network/privateEndpoints
#   reads:
#     - {path: resource.properties.privateLinkServiceConnections, type: array}
#     - {path: resource.properties.manualPrivateLinkServiceConnections, type: array}
#   controls:
#     DORA-9-4-b: the private connection works and is administered on both sides
#     RTS-13-1-b: shows connections that are documented and do not exist
#     RTS-13-1-g: traffic takes the private way because there is one
#   remediation:
#     az: az network private-endpoint-connection approve --id CONNECTION_ID --description approved
#     portal: The service > Networking > Private endpoint connections > Approve
package azure.network.private_endpoint_approved

import data.lib.arm

_connections := array.concat(input.resource.properties.privateLinkServiceConnections, input.resource.properties.manualPrivateLinkServiceConnections)

_status(connection) := connection.properties.privateLinkServiceConnectionState.status

deny contains finding if {
	some connection in _connections
	arm.one_of(_status(connection), ["Pending", "Rejected", "Disconnected"])
	finding := {
		"message": sprintf("the connection %v is %s", [object.get(connection, "name", "without a name"), lower(_status(connection))]),
		"path": "resource.properties.privateLinkServiceConnections",
		"actual": _status(connection),
		"expected": "Approved",
	}
}

unknown contains "the state of a connection is not known" if {
	some connection in _connections
	not _known(connection)
}

unknown contains "the endpoint has no connection" if count(_connections) == 0

_known(connection) if arm.one_of(_status(connection), ["Approved", "Pending", "Rejected", "Disconnected"])
