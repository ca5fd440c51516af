# METADATA
# title: Traffic to the storage account stays on the network of Microsoft as long as it can
# description: |
#   With internet routing packets leave the network of Microsoft near the account and cross networks of others on their way. They are
#   encrypted, but pass more hands, and their way is not known.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/network-routing-preference
# custom:
#   check: STO-NET-008
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.routingPreference.routingChoice
#       type: string
#       absent: "MicrosoftRouting: what Azure takes when no choice is made"
#   controls:
#     RTS-13-1-b: the way of the data is one that can be described
#     RTS-13-1-g: traffic crosses as few networks of others as it can
#     DORA-9-3-a: the channel to the account passes fewer hands
#   fix: {path: resource.properties.routingPreference.routingChoice, value: MicrosoftRouting}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --routing-choice MicrosoftRouting
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         routing {
#           choice = "MicrosoftRouting"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           routingPreference: { routingChoice: 'MicrosoftRouting' }
#         }
#       }
#     portal: Storage account > Security + networking > Networking > Network routing
package azure.storage.traffic_on_the_network_of_microsoft

import data.lib.arm

default _routing_choice := "MicrosoftRouting"

_routing_choice := input.resource.properties.routingPreference.routingChoice

deny contains finding if {
	arm.same(_routing_choice, "InternetRouting")
	finding := {
		"message": "traffic leaves the network of Microsoft near the account",
		"path": "resource.properties.routingPreference.routingChoice",
		"actual": _routing_choice,
		"expected": "MicrosoftRouting",
	}
}

unknown contains sprintf("routingChoice is %q, which this policy does not know", [_routing_choice]) if {
	not arm.one_of(_routing_choice, ["MicrosoftRouting", "InternetRouting"])
}
