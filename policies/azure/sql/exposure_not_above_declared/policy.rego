# METADATA
# title: The SQL server is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of the server:
#   private without a way in from the internet, restricted to named addresses and networks, or public. It is compared with the most that the
#   firm admits, which it can set by class of data. With and without a private endpoint count alike. The rule from 0.0.0.0 admits every
#   service in Azure, those of other customers too, and counts as public. Rules of single databases and for IPv6 are not read. What a
#   network security perimeter admits is not read: the exposure is unknown then.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/firewall-configure
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - {path: "children.firewallRules.*.properties.startIpAddress", type: string}
#     - {path: "children.firewallRules.*.properties.endIpAddress", type: string}
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#     restricted_addresses_max: {type: integer, default: 65536, min: 1, max: 16777216, meaning: most addresses that one rule of a firewall may admit while the exposure still counts as restricted}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the SQL server is or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where the databases of the server can be reached
#   remediation:
#     az: az sql server update --resource-group RESOURCE_GROUP --name SERVER --enable-public-network false
#     terraform: |
#       resource "azurerm_mssql_server" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource server 'Microsoft.Sql/servers@2023-08-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     portal: SQL server > Security > Networking > Public access > Disable
#     note: |
#       "Create the private endpoint and its DNS zone first: firewall rules stop working at once."
package azure.sql.exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

# A rule without addresses stays a rule, whose reach is not known.
_rules := [{"first": object.get(_named(rule), "startIpAddress", null), "last": object.get(_named(rule), "endIpAddress", null)} | some rule in input.children.firewallRules]

_named(rule) := object.get(rule, "properties", {})

_found := exposure.by_rules(_access, _rules, data.parameters.restricted_addresses_max)

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
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
