# METADATA
# title: The endpoint is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of Azure
#   Managed Redis and Data Factory, which have a switch and no firewall: private without a way in from the internet, restricted to named
#   addresses and networks, or public. It is compared with the most that the firm admits, which it can set by class of data. With and
#   without a private endpoint count alike. Integration runtimes and self-hosted nodes of a factory are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-factory/data-factory-private-link
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource:
#     - Microsoft.Cache/redisEnterprise
#     - Microsoft.DataFactory/factories
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether caches and factories are or can be exposed to the internet
#     DORA-8-4: adds to the map of assets whether the endpoint answers the internet
#   remediation:
#     az: |
#       az datafactory update --resource-group RESOURCE_GROUP --factory-name FACTORY --public-network-access Disabled
#       az resource update --ids CLUSTER_ID --set properties.publicNetworkAccess=Disabled
#     terraform: |
#       resource "azurerm_data_factory" "example" {
#         # ...
#         public_network_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoints first.
package azure.estate.endpoint_exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

_found := exposure.by_default_action(_access, "Allow")

_known if _found.level

deny contains finding if {
	exposure.above(_found.level, data.parameters.exposure_max)
	finding := {
		"message": sprintf("its exposure is %s: %s", [_found.level, _found.why]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _found.level,
		"expected": sprintf("at most %s", [data.parameters.exposure_max]),
	}
}

unknown contains "its exposure does not follow from its network settings" if not _known
