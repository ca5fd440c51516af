# METADATA
# title: The storage account has no public endpoint in use
# description: |
#   While public access is on, the name of the account resolves to an address on the internet, and the firewall rules, if any, are the
#   only barrier. With it off, private endpoints are the only way in. Firms that work with a firewall instead waive this policy and keep
#   network_access_restricted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-network-security
# custom:
#   check: ST-NET-002
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure takes that for a property that was never set"
#   controls:
#     DORA-9-4-b: leaves private endpoints as the only way to the account, so that the account can be isolated by changing a short list
#     DORA-9-3-c: keeps networks that have no business with the account from trying stolen credentials or flaws on it
#     RTS-13-1-g: decides whether traffic from the internet reaches the account at all
#     RTS-13-1-d: connections to the account from networks that nobody approved are refused before any credential is looked at
#     RTS-11-2-i: data cannot leave the account towards an arbitrary network, even with a valid credential
#     GDPR-32-1-b: adds a network barrier to the credentials that protect personal data in the account
#     GDPR-25-2: by default the account is reachable for those who need it and not for the whole internet
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --public-network-access Disabled
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
package azure.storage.public_network_access_disabled

import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public, "Enabled")
	finding := {
		"message": "the account answers requests from the internet",
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public,
		"expected": "Disabled",
	}
}

unknown contains "the rules of a network security perimeter decide who gets in, and this policy does not read them" if arm.same(_public, "SecuredByPerimeter")

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Disabled", "Enabled", "SecuredByPerimeter"])
}
