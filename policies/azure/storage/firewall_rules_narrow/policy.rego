# METADATA
# title: No rule of the account's firewall admits a wide range of addresses
# description: |
#   A rule such as 0.0.0.0/0 undoes a firewall that denies by default, and large ranges of a provider let in its other customers. How wide
#   a rule may be is the firm's own choice: firewall_addresses_max. Several narrow rules next to each other are not added up, IPv6 rules
#   and rules for subnets are not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-network-security
# custom:
#   check: ST-NET-004
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure takes that for a property that was never set"
#     - path: resource.properties.networkAcls.ipRules
#       type: array
#       absent: "no rule: the account names no addresses"
#   parameters:
#     firewall_addresses_max: {type: integer, default: 256, min: 1, max: 4294967296, meaning: most addresses that one rule of a firewall may admit}
#   controls:
#     DORA-9-4-b: a rule that admits half the internet cuts nothing off, and this shows that each rule of the account is a real limit
#     RTS-13-1-d: keeps the list of the account to networks that somebody can have approved
#     RTS-13-1-g: tells a firewall in front of the account from one that exists in name only
#     RTS-13-1-h: points the review of firewall rules to those that are too wide
#     GDPR-32-1-b: the network barrier around personal data in the account really keeps others out
#   remediation:
#     az: az storage account network-rule remove --resource-group RESOURCE_GROUP --account-name ACCOUNT --ip-address RANGE
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         network_rules {
#           default_action = "Deny"
#           ip_rules       = ["203.0.113.0/24"]
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           networkAcls: {
#             defaultAction: 'Deny'
#             ipRules: [ { value: '203.0.113.0/24', action: 'Allow' } ]
#           }
#         }
#       }
#     portal: Storage account > Security + networking > Networking > Firewall
package azure.storage.firewall_rules_narrow

import data.lib.address_ranges
import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

default _rules := []

_rules := input.resource.properties.networkAcls.ipRules

deny contains finding if {
	arm.same(_public, "Enabled")
	some rule in _rules
	address_ranges.size(rule.value) > data.parameters.firewall_addresses_max
	finding := {
		"message": sprintf("the firewall lets in all of %s", [rule.value]),
		"path": "resource.properties.networkAcls.ipRules",
		"actual": rule.value,
		"expected": sprintf("at most %v addresses", [data.parameters.firewall_addresses_max]),
	}
}

unknown contains sprintf("the rule %q is no range of addresses", [rule.value]) if {
	some rule in _rules
	not address_ranges.size(rule.value)
}

unknown contains "the rules of a network security perimeter decide who gets in, and this policy does not read them" if arm.same(_public, "SecuredByPerimeter")

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Enabled", "Disabled", "SecuredByPerimeter"])
}
