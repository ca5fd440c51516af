# METADATA
# title: Private endpoints of the service stand in subscriptions of the firm
# description: |
#   Whoever approves a connection lets the network behind it reach the service, and the network may belong to anybody: an endpoint in a
#   foreign subscription is a way out for data that no firewall sees. Endpoints that Azure manages for services such as Data Factory stand in
#   subscriptions of Microsoft; name those too. While the list is empty this policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/manage-private-endpoint
# custom:
#   check: NET-PE-004
#   severity: high
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
#   parameters:
#     private_endpoint_subscriptions: {type: list, default: [], pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", meaning: ids of the subscriptions in which private endpoints of the firm stand; empty checks none}
#   controls:
#     DORA-9-4-b: every private way into the service begins in a network that the firm can cut
#     RTS-13-1-d: shows connections that lead to networks nobody in the firm runs
#     RTS-11-2-i: data cannot leave over a private endpoint of a stranger
#     GDPR-32-1-b: personal data in the service is not offered to the network of somebody else
#   remediation:
#     az: az network private-endpoint-connection reject --id CONNECTION_ID --description "not one of our subscriptions"
#     portal: The service > Networking > Private endpoint connections > Reject
package azure.estate.private_endpoints_from_own_subscriptions

import data.lib.arm

default _connections := []

_connections := input.resource.properties.privateEndpointConnections

# A connection that is not approved carries nothing.
_approved contains i if {
	some i, connection in _connections
	arm.same(connection.properties.privateLinkServiceConnectionState.status, "Approved")
}

# _subscription(i): the subscription of the endpoint of a connection.
_subscription(i) := lower(words[2]) if {
	words := split(_connections[i].properties.privateEndpoint.id, "/")
	arm.same(words[1], "subscriptions")
}

not_applicable contains "no subscriptions are named" if count(data.parameters.private_endpoint_subscriptions) == 0

not_applicable contains "nothing is connected" if count(_connections) == 0

deny contains finding if {
	some i in _approved
	subscription := _subscription(i)
	not arm.one_of(subscription, data.parameters.private_endpoint_subscriptions)
	finding := {
		"message": sprintf("%s stands in a subscription that is not named", [_connections[i].properties.privateEndpoint.id]),
		"path": "resource.properties.privateEndpointConnections",
		"actual": subscription,
		"expected": concat(" or ", data.parameters.private_endpoint_subscriptions),
	}
}

unknown contains "an approved connection names no endpoint" if {
	some i in _approved
	not _subscription(i)
}

unknown contains "the state of a connection is not known" if {
	some connection in _connections
	not _known(connection)
}

_known(connection) if {
	arm.one_of(connection.properties.privateLinkServiceConnectionState.status, ["Approved", "Pending", "Rejected", "Disconnected"])
}
