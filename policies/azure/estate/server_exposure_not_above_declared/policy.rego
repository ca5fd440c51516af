# METADATA
# title: The database server is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of PostgreSQL
#   and MySQL flexible servers: private without a way in from the internet, restricted to named addresses and networks, or public. It is
#   compared with the most that the firm admits, which it can set by class of data. With and without a private endpoint count alike. A rule
#   from 0.0.0.0 admits every service in Azure, those of other customers too, and counts as public. Without a rule nobody gets in from the
#   internet, but a rule is quickly made: the exposure is restricted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-public
# custom:
#   check: INV-EXP-001
#   severity: medium
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
#     - {path: "children.firewallRules.*.properties.startIpAddress", type: string}
#     - {path: "children.firewallRules.*.properties.endIpAddress", type: string}
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#     restricted_addresses_max: {type: integer, default: 65536, min: 1, max: 16777216, meaning: most addresses that one rule of a firewall may admit while the exposure still counts as restricted}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether database servers are or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where a database server can be reached
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --public-access Disabled
#       az mysql flexible-server update --resource-group RESOURCE_GROUP --name SERVER --public-access Disabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           network: { publicNetworkAccess: 'Disabled' }
#         }
#       }
#     portal: Server > Settings > Networking > Public access
#     note: |
#       "Create the private endpoint and its DNS zone first: firewall rules stop working at once."
package azure.estate.server_exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.network.publicNetworkAccess

default _subnet := ""

_subnet := input.resource.properties.network.delegatedSubnetResourceId

# A rule without addresses stays a rule, whose reach is not known.
_rules := [{"first": object.get(_named(rule), "startIpAddress", null), "last": object.get(_named(rule), "endIpAddress", null)} | some rule in input.children.firewallRules]

_named(rule) := object.get(rule, "properties", {})

_found := exposure.inside if _subnet != ""

_found := exposure.by_rules(_access, _rules, data.parameters.restricted_addresses_max) if _subnet == ""

_known if _found.level

_paths := {
	"restricted": "resource.properties.network.publicNetworkAccess",
	"public": "children.firewallRules.*.properties.endIpAddress",
}

deny contains finding if {
	exposure.above(_found.level, data.parameters.exposure_max)
	finding := {
		"message": sprintf("its exposure is %s: %s", [_found.level, _found.why]),
		"path": _paths[_found.level],
		"actual": _found.level,
		"expected": sprintf("at most %s", [data.parameters.exposure_max]),
	}
}

unknown contains "its exposure does not follow from its network settings" if not _known
