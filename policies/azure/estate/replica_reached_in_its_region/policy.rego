# METADATA
# title: A private database replica has a private endpoint in its own region
# description: |
#   A replica is for the day on which the region of its source is lost. If the only private endpoint to it stands in that region, the
#   way to the copy is lost with the original. A replica in a delegated subnet stands in a network of its region by itself. For
#   PostgreSQL and MySQL flexible servers; whether names resolve to the endpoint is another policy's question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/network/concepts-networking-private-link
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-private-link
# custom:
#   check: PG-GEO-005
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: related.private_endpoints.*.location, type: string}
#     - path: resource.properties.network.publicNetworkAccess
#       type: string
#       absent: "Enabled, unless the server stands in a subnet"
#     - path: resource.properties.network.delegatedSubnetResourceId
#       type: string
#       absent: "none: the server stands in no subnet of the firm"
#     - {path: resource.location, type: string}
#     - {path: resource.properties.replicationRole, type: string}
#   controls:
#     RTS-26-2: the plan for the loss of a region has a path to the replica that does not lead through it
#     DORA-12-4: spare capacity that nobody can reach is none
#     DORA-11-5: shows whether the path to the redundant server is redundant too
#     GDPR-32-1-c: access to personal data on the replica does not hang on the lost region
#   remediation:
#     az: |
#       az network private-endpoint create --resource-group RESOURCE_GROUP --name ENDPOINT --location northeurope --subnet SUBNET_ID --private-connection-resource-id REPLICA_ID --group-id postgresqlServer --connection-name ENDPOINT
#     terraform: |
#       resource "azurerm_private_endpoint" "replica" {
#         # ...
#         location  = azurerm_postgresql_flexible_server.replica.location
#         subnet_id = azurerm_subnet.secondary.id
#         private_service_connection {
#           name                           = "replica"
#           private_connection_resource_id = azurerm_postgresql_flexible_server.replica.id
#           subresource_names              = ["postgresqlServer"]
#           is_manual_connection           = false
#         }
#       }
#     bicep: |
#       resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
#         name: 'ENDPOINT'
#         location: replica.location
#         properties: {
#           subnet: { id: subnet.id }
#           privateLinkServiceConnections: [
#             { name: 'replica', properties: { privateLinkServiceId: replica.id, groupIds: ['postgresqlServer'] } }
#           ]
#         }
#       }
package azure.estate.replica_reached_in_its_region

import data.lib.arm
import data.lib.replicas

_role := input.resource.properties.replicationRole

default _subnet := ""

_subnet := input.resource.properties.network.delegatedSubnetResourceId

default _access := "Enabled"

_access := input.resource.properties.network.publicNetworkAccess

_near contains endpoint.location if {
	some endpoint in input.related.private_endpoints
	arm.region(endpoint.location) == arm.region(input.resource.location)
}

not_applicable contains "the server is no replica" if replicas.standalone(_role)

not_applicable contains "the replica is reachable from the internet, which is public_network_access_disabled's finding" if {
	arm.same(_access, "Enabled")
	_subnet == ""
}

deny contains finding if {
	_subnet == ""
	arm.same(_access, "Disabled")
	count(_near) == 0
	finding := {
		"message": sprintf("the replica in %s has %d private endpoints, none in its region: when the other region is lost, nobody reaches it", [input.resource.location, count(input.related.private_endpoints)]),
		"path": "related.private_endpoints.*.location",
		"actual": count(input.related.private_endpoints),
		"expected": sprintf("a private endpoint in %s", [input.resource.location]),
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Enabled", "Disabled"])
}

unknown contains sprintf("the replication role %q is not known", [_role]) if not replicas.known(_role)
