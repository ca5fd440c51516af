# METADATA
# title: The resource is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of vaults,
#   pools, storage accounts and AI services: private without a way in from the internet, restricted to named addresses and networks, or
#   public. It is compared with the most that the firm admits, which it can set by class of data. With and without a private endpoint count
#   alike. Services that Azure trusts get through whatever the firewall says. What a network security perimeter admits is not read: the
#   exposure is unknown then.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-network-security
#   - ref: https://learn.microsoft.com/azure/key-vault/general/network-security
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource:
#     - Microsoft.KeyVault/vaults
#     - Microsoft.KeyVault/managedHSMs
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.CognitiveServices/accounts
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - path: resource.properties.networkAcls.defaultAction
#       type: string
#       absent: "Allow: without rules every network is let in"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether vaults, storage and AI services are or can be exposed to the internet
#     DORA-8-4: adds to the map of assets how far each store of keys and data can be reached
#   remediation:
#     az: |
#       az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --public-network-access Disabled
#       az keyvault update --name VAULT --resource-group RESOURCE_GROUP --public-network-access Disabled
#       az keyvault update-hsm --hsm-name HSM --resource-group RESOURCE_GROUP --public-network-access Disabled
#       az resource update --ids ACCOUNT_ID --set properties.publicNetworkAccess=Disabled
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     portal: Storage account > Security + networking > Networking > Public network access > Disabled
#     note: |
#       Create the private endpoints and their DNS records first; clients on other paths are cut off at once.
package azure.estate.exposure_not_above_declared

import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _action := "Allow"

_action := input.resource.properties.networkAcls.defaultAction

_found := exposure.by_default_action(_access, _action)

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
	"public": "resource.properties.networkAcls.defaultAction",
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
