# METADATA
# title: The storage account refuses networks that nobody named
# description: |
#   With the default action Allow, everybody on the internet may knock, and a leaked key or signature is enough to get in from anywhere.
#   The account passes when its firewall denies by default, or when public access is off altogether. How wide the rules are is
#   firewall_rules_narrow's question. Private endpoints are not looked at: an account can be closed without one.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-network-security
# custom:
#   check: ST-NET-001
#   severity: critical
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure takes that for a property that was never set"
#     - {path: resource.properties.networkAcls.defaultAction, type: string}
#   controls:
#     DORA-9-4-b: lists the networks that may reach the account, so that the account can be isolated by changing a short list
#     DORA-9-3-c: keeps networks that have no business with the account from trying stolen credentials or flaws on it
#     RTS-13-1-g: decides whether traffic from the internet reaches the account at all
#     RTS-13-1-d: connections to the account from networks that nobody approved are refused before any credential is looked at
#     RTS-11-2-i: data cannot leave the account towards an arbitrary network, even with a valid credential
#     GDPR-32-1-b: adds a network barrier to the credentials that protect personal data in the account
#     GDPR-25-2: by default the account is reachable for those who need it and not for the whole internet
#   fix: {path: resource.properties.networkAcls.defaultAction, value: Deny}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --default-action Deny --bypass AzureServices
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         network_rules {
#           default_action             = "Deny"
#           bypass                     = ["AzureServices"]
#           virtual_network_subnet_ids = [azurerm_subnet.example.id]
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           networkAcls: {
#             defaultAction: 'Deny'
#             bypass: 'AzureServices'
#           }
#         }
#       }
#     portal: Storage account > Security + networking > Networking > Public network access > Enabled from selected networks
#     note: |
#       Name the networks of the clients first; everybody else is cut off at once.
package azure.storage.network_access_restricted

import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

_action := input.resource.properties.networkAcls.defaultAction

deny contains finding if {
	arm.same(_public, "Enabled")
	arm.same(_action, "Allow")
	finding := {
		"message": "the firewall lets in every network that no rule names",
		"path": "resource.properties.networkAcls.defaultAction",
		"actual": _action,
		"expected": "Deny",
	}
}

unknown contains "the rules of a network security perimeter decide who gets in, and this policy does not read them" if arm.same(_public, "SecuredByPerimeter")

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Enabled", "Disabled", "SecuredByPerimeter"])
}

unknown contains sprintf("defaultAction is %q, which this policy does not know", [_action]) if {
	not arm.one_of(_action, ["Allow", "Deny"])
}
