# METADATA
# title: The database server has one private way in
# description: |
#   A server in a subnet of the firm needs no private endpoint. With both there are two addresses and two names, rules of the network hold
#   for one of them only, and cutting one leaves the other open. PostgreSQL and MySQL servers are made for one of the two ways.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/network/concepts-networking-private
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking
# custom:
#   check: NET-PE-005
#   severity: medium
#   resource: [Microsoft.DBforPostgreSQL/flexibleServers, Microsoft.DBforMySQL/flexibleServers]
#   reads:
#     - path: resource.properties.network.delegatedSubnetResourceId
#       type: string
#       absent: "none: the server does not stand in a subnet of the firm"
#     - path: related.private_endpoints.*
#       in_part: one private endpoint is enough for a fail
#   controls:
#     DORA-9-4-b: there is one way to cut when the server must be isolated
#     RTS-13-1-b: the way that is documented is the only one
#   remediation:
#     az: az network private-endpoint delete --resource-group RESOURCE_GROUP --name ENDPOINT
#     note: Point clients that use the address of the endpoint at the name of the server in its subnet first, and remove the record of the endpoint from its zone.
package azure.estate.database_has_one_private_path

default _subnet := ""

_subnet := input.resource.properties.network.delegatedSubnetResourceId

_endpoints := sort([endpoint.id | some _, endpoint in input.related.private_endpoints])

_counted if is_object(input.related.private_endpoints)

not_applicable contains "the server does not stand in a subnet of the firm" if _subnet == ""

deny contains finding if {
	_subnet != ""
	count(_endpoints) > 0
	finding := {
		"message": "the server stands in a subnet, and private endpoints lead to it as well",
		"path": "related.private_endpoints.*",
		"actual": _endpoints,
		"expected": "none",
	}
}

unknown contains "the private endpoints of the server cannot be counted" if not _counted
