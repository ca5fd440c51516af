# METADATA
# title: The Cosmos DB account is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of the
#   account: private without a way in from the internet, restricted to named addresses and networks, or public. It is compared with the most
#   that the firm admits, which it can set by class of data. With and without a private endpoint count alike. An account with no address
#   rules and no filter of networks admits everybody; the address 0.0.0.0 admits every service in Azure, those of other customers too. What
#   a network security perimeter admits is not read: the exposure is unknown then.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - path: resource.properties.ipRules
#       type: array
#       absent: "none: no address is named"
#     - path: resource.properties.isVirtualNetworkFilterEnabled
#       type: boolean
#       absent: "off: no filter of virtual networks"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#     restricted_addresses_max: {type: integer, default: 65536, min: 1, max: 16777216, meaning: most addresses that one rule of a firewall may admit while the exposure still counts as restricted}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the account is or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where the data of the account can be reached
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --public-network-access DISABLED
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     portal: Cosmos DB account > Settings > Networking > Public access > Disabled
#     note: Create the private endpoint and its DNS zone first.
package azure.cosmos.exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _listed := []

_listed := input.resource.properties.ipRules

default _filtered := false

_filtered := input.resource.properties.isVirtualNetworkFilterEnabled

_ranges := [rule.ipAddressOrRange | some rule in _listed]

_by_networks_only if {
	_filtered == true
	count(_listed) == 0
}

_found := exposure.by_default_action(_access, "Deny") if _by_networks_only

_found := exposure.by_ranges(_access, _ranges, data.parameters.restricted_addresses_max) if {
	not _by_networks_only
	count(_ranges) == count(_listed)
}

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
	"public": "resource.properties.ipRules",
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
