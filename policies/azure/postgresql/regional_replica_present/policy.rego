# METADATA
# title: The PostgreSQL server has a replica in another region
# description: |
#   Without a replica elsewhere the loss of the region is answered by a restore of geo-redundant backups, if there are any, which takes
#   hours and loses up to an hour of data. A replica in another region is a running copy that people promote within minutes. Whether it
#   is being fed (regional_replica_replicating), and whether clients find it (virtual_endpoint_names_replica), are other policies'
#   questions. The replica has to keep every other policy for servers as well. Where the data may not leave the region, set
#   regional_copy_required to false for its class.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas
# custom:
#   check: PG-GEO-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: related.replicas.*.location, type: string}
#     - {path: resource.location, type: string}
#     - {path: resource.properties.replicationRole, type: string}
#   parameters:
#     regional_copy_required: {type: boolean, default: true, meaning: whether a database must have a copy in another region that can take over}
#   controls:
#     DORA-12-4: the replica is the spare capacity of the server that does not share the fate of its region
#     DORA-11-5: shows whether a server for which the impact analysis asks a second region has one that can take over
#     RTS-26-2: gives the plan for the loss of a site or region a server to switch to
#     RTS-24-1-b-ii-2: objectives of minutes for the loss of a region can be met only from a copy of the server that is already there
#     GDPR-32-1-c: access to personal data in the server can come back while its first region is down
#   remediation:
#     az: |
#       az postgres flexible-server replica create --resource-group RESOURCE_GROUP --name REPLICA --source-server SERVER --location northeurope
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "replica" {
#         # ...
#         location         = "northeurope"
#         create_mode      = "Replica"
#         source_server_id = azurerm_postgresql_flexible_server.example.id
#       }
#     bicep: |
#       resource replica 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         location: 'northeurope'
#         properties: {
#           createMode: 'Replica'
#           sourceServerResourceId: server.id
#         }
#       }
#     note: |
#       Replication is asynchronous: what was not sent when the region fails is lost. Nothing fails over by itself, so practise the
#       promotion.
package azure.postgresql.regional_replica_present

import data.lib.arm
import data.lib.replicas

_regions contains replica.location if some replica in input.related.replicas

_elsewhere contains region if {
	some region in _regions
	arm.region(region) != arm.region(input.resource.location)
}

_found := "no replica" if count(_regions) == 0

_found := sprintf("replicas in %s", [concat(", ", sort(_regions))]) if count(_regions) > 0

not_applicable contains "a copy in another region is not required of this server" if data.parameters.regional_copy_required == false

not_applicable contains "the server is itself a read replica" if replicas.replica(input.resource.properties.replicationRole)

deny contains finding if {
	count(_elsewhere) == 0
	finding := {
		"message": sprintf("single region: the server in %s has %s", [input.resource.location, _found]),
		"path": "related.replicas.*.location",
		"actual": _found,
		"expected": "a replica in another region",
	}
}

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
