# METADATA
# title: A virtual endpoint of the PostgreSQL server leads to its replica in another region
# description: |
#   After a promotion the replica keeps its own name. Without a virtual endpoint every client has to learn it while the region is down,
#   and the promotion that swaps the roles is not offered at all. A read-write virtual endpoint is a name that follows the writer.
#   Whether there is a replica is the question of regional_replica_present.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-virtual-endpoints
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote
# custom:
#   check: PG-GEO-002
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.virtualendpoints.*.properties.endpointType, type: string}
#     - {path: children.virtualendpoints.*.properties.members, type: array}
#     - {path: related.replicas.*.location, type: string}
#     - {path: resource.location, type: string}
#     - {path: resource.properties.replicationRole, type: string}
#   controls:
#     DORA-12-4: clients reach the spare server without being changed
#     DORA-11-5: shows whether the redundant pair was built to be switched, as the design asks
#     RTS-26-2: takes one step out of the switchover that the plan has to name
#     RTS-24-1-b-ii-2: time spent on telling clients a new name counts towards the recovery time
#     GDPR-32-1-c: access to personal data returns with the promotion, and not client by client
#   remediation:
#     az: |
#       az postgres flexible-server virtual-endpoint create --resource-group RESOURCE_GROUP --server-name SERVER --name ENDPOINT --endpoint-type ReadWrite --members REPLICA
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_virtual_endpoint" "example" {
#         name              = "ENDPOINT"
#         source_server_id  = azurerm_postgresql_flexible_server.example.id
#         replica_server_id = azurerm_postgresql_flexible_server.replica.id
#         type              = "ReadWrite"
#       }
#     bicep: |
#       resource endpoint 'Microsoft.DBforPostgreSQL/flexibleServers/virtualendpoints@2025-08-01' = {
#         parent: server
#         name: 'ENDPOINT'
#         properties: {
#           endpointType: 'ReadWrite'
#           members: ['REPLICA']
#         }
#       }
#     note: |
#       Connection strings have to use the name of the endpoint (ENDPOINT.writer.postgres.database.azure.com).
package azure.postgresql.virtual_endpoint_names_replica

import data.lib.arm
import data.lib.replicas

_elsewhere contains lower(replica.name) if {
	some replica in input.related.replicas
	arm.region(replica.location) != arm.region(input.resource.location)
}

_members contains lower(member) if {
	some endpoint in input.children.virtualendpoints
	some member in endpoint.properties.members
}

not_applicable contains "the server is itself a read replica" if replicas.replica(input.resource.properties.replicationRole)

not_applicable contains "the server has no replica in another region" if count(_elsewhere) == 0

deny contains finding if {
	count(_elsewhere) > 0
	count(_members & _elsewhere) == 0
	count(_other_types) == 0
	finding := {
		"message": sprintf("no read-write virtual endpoint leads to %s, so clients have to be told the new name", [concat(", ", sort(_elsewhere))]),
		"path": "children.virtualendpoints.*.properties.members",
		"actual": sort(_members),
		"expected": sprintf("one of %s", [concat(", ", sort(_elsewhere))]),
	}
}

_other_types contains type if {
	some endpoint in input.children.virtualendpoints
	type := object.get(endpoint, ["properties", "endpointType"], "")
	not arm.same(type, "ReadWrite")
}

unknown contains sprintf("the endpoint type %q is not known", [type]) if some type in _other_types

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
