# METADATA
# title: A database replica is as private as its source
# description: |
#   A read replica holds all data of its source under network settings of its own. If it answers on the internet while the source does
#   not, the copy undoes the protection; and after a promotion private clients would have no path to it. For PostgreSQL and MySQL
#   flexible servers.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-read-replicas
# custom:
#   check: PG-GEO-004
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.network.publicNetworkAccess
#       type: string
#       absent: "Enabled, unless the server stands in a subnet"
#     - path: resource.properties.network.delegatedSubnetResourceId
#       type: string
#       absent: "none: the server stands in no subnet of the firm"
#     - path: related.source_server.properties.network.publicNetworkAccess
#       type: string
#       absent: "Enabled, unless the server stands in a subnet"
#     - path: related.source_server.properties.network.delegatedSubnetResourceId
#       type: string
#       absent: "none: the server stands in no subnet of the firm"
#     - {path: resource.properties.replicationRole, type: string}
#   controls:
#     DORA-12-2: taking the copy into use does not open the data to the internet
#     DORA-9-4-b: the copy can be cut off by the network as its source can
#     RTS-26-2: the path to the data is the same kind on the other side, so the switchover works for private clients
#     GDPR-32-1-b: keeps the copy of personal data as far from the internet as the original
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name REPLICA --public-access Disabled
#       az mysql flexible-server update --resource-group RESOURCE_GROUP --name REPLICA --public-access Disabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "replica" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource replica 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           network: { publicNetworkAccess: 'Disabled' }
#         }
#       }
#     note: |
#       Give the replica a private endpoint in a network of its region first.
package azure.estate.replica_as_private_as_source

import data.lib.arm
import data.lib.replicas

_role := input.resource.properties.replicationRole

default _own_subnet := ""

_own_subnet := input.resource.properties.network.delegatedSubnetResourceId

default _source_subnet := ""

_source_subnet := input.related.source_server.properties.network.delegatedSubnetResourceId

default _own := "Enabled"

_own := input.resource.properties.network.publicNetworkAccess

default _source := "Enabled"

_source := input.related.source_server.properties.network.publicNetworkAccess

_source_private if _source_subnet != ""

_source_private if arm.same(_source, "Disabled")

not_applicable contains "the server is no replica" if replicas.standalone(_role)

not_applicable contains "the source is reachable from the internet itself, which is public_network_access_disabled's finding" if {
	arm.same(_source, "Enabled")
	_source_subnet == ""
}

deny contains finding if {
	_source_private
	_own_subnet == ""
	arm.same(_own, "Enabled")
	finding := {
		"message": sprintf("the source is private, and public network access is %s on the replica, which holds the same data", [_own]),
		"path": "resource.properties.network.publicNetworkAccess",
		"actual": _own,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [value]) if {
	some value in [_own, _source]
	not arm.one_of(value, ["Enabled", "Disabled"])
}

unknown contains sprintf("the replication role %q is not known", [_role]) if not replicas.known(_role)
