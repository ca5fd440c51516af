# METADATA
# title: A database replica has the size of its source
# description: |
#   A replica that is smaller than its source takes over and then cannot carry the load, or is refused as a new primary: PostgreSQL
#   swaps the roles only between servers of the same size. For PostgreSQL and MySQL flexible servers. A replica for reports only may be
#   smaller; answer the finding with a waiver.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-read-replicas
# custom:
#   check: PG-GEO-006
#   severity: medium
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: resource.sku.name, type: string}
#     - {path: related.source_server.sku.name, type: string}
#     - {path: resource.properties.storage.storageSizeGB, type: integer}
#     - {path: related.source_server.properties.storage.storageSizeGB, type: integer}
#     - {path: resource.properties.replicationRole, type: string}
#   controls:
#     DORA-12-4: spare capacity has to be enough for the business, and not just be there
#     DORA-11-5: shows whether the redundant server was built to carry what its source carries
#     RTS-26-2: the switchover in the plan ends on a server that can do the work
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name REPLICA --sku-name Standard_D4ds_v5 --storage-size 128
#       az mysql flexible-server update --resource-group RESOURCE_GROUP --name REPLICA --sku-name Standard_D4ds_v4 --storage-size 256
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "replica" {
#         # ...
#         sku_name   = azurerm_postgresql_flexible_server.example.sku_name
#         storage_mb = azurerm_postgresql_flexible_server.example.storage_mb
#       }
#     bicep: |
#       resource replica 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         sku: server.sku
#       }
#     note: |
#       Resize the replica before the source, and storage never shrinks.
package azure.estate.replica_sized_as_source

import data.lib.arm
import data.lib.replicas

_role := input.resource.properties.replicationRole

_own := input.resource.sku.name

_source := input.related.source_server.sku.name

_storage := input.resource.properties.storage.storageSizeGB

_source_storage := input.related.source_server.properties.storage.storageSizeGB

not_applicable contains "the server is no replica" if replicas.standalone(_role)

deny contains finding if {
	not arm.same(_own, _source)
	finding := {
		"message": sprintf("the replica is a %s, its source a %s", [_own, _source]),
		"path": "resource.sku.name",
		"actual": _own,
		"expected": _source,
	}
}

deny contains finding if {
	_storage < _source_storage
	finding := {
		"message": sprintf("the replica has %v GB of storage, its source %v GB", [_storage, _source_storage]),
		"path": "resource.properties.storage.storageSizeGB",
		"actual": _storage,
		"expected": _source_storage,
	}
}

unknown contains sprintf("the replication role %q is not known", [_role]) if not replicas.known(_role)
