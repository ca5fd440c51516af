# METADATA
# title: The key vault is closed to the open internet
# description: |
#   A key vault that answers the whole internet is protected by credentials alone: whoever steals a token uses the keys from anywhere. It is
#   closed when public network access is off, or when its firewall denies what no rule names. The bypass for trusted Azure services is left
#   alone, because encryption with customer-managed keys needs it. Which addresses the rules let in is another policy's question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/network-security
# custom:
#   check: KV-NET-001
#   severity: high
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - path: resource.properties.networkAcls.defaultAction
#       type: string
#       absent: "Allow: without rules every network is let in"
#   controls:
#     DORA-9-4-b: the way to the keys can be cut, because it does not run over the open internet
#     DORA-9-3-c: stolen credentials alone do not open the vault from anywhere
#     RTS-13-1-g: traffic between the vault and other networks passes a rule that the firm wrote
#     RTS-13-1-d: connections from networks that nobody named are refused
#     GDPR-32-1-b: the keys that keep personal data confidential are not offered to the internet
#     GDPR-25-2: by default the vault is not open to an indefinite public
#     RTS-7-2: adds a network boundary to the protection of keys against use by others
#   fix: {path: resource.properties.networkAcls.defaultAction, value: Deny}
#   remediation:
#     az: az keyvault update --name VAULT --resource-group RESOURCE_GROUP --public-network-access Disabled
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         public_network_access_enabled = false
#         network_acls {
#           default_action = "Deny"
#           bypass         = "AzureServices"
#         }
#       }
#     bicep: |
#       properties: {
#         publicNetworkAccess: 'Disabled'
#         networkAcls: {
#           defaultAction: 'Deny'
#           bypass: 'AzureServices'
#         }
#       }
#     note: Make private endpoints and their DNS records first. Whoever still uses the public address is cut off.
package azure.key_vault.network_access_restricted

import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

default _action := "Allow"

_action := input.resource.properties.networkAcls.defaultAction

deny contains finding if {
	arm.same(_public, "Enabled")
	arm.same(_action, "Allow")
	finding := {
		"message": "every network may reach the key vault",
		"path": "resource.properties.networkAcls.defaultAction",
		"actual": _action,
		"expected": "Deny, or no public network access",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Enabled", "Disabled", "SecuredByPerimeter"])
}

unknown contains sprintf("defaultAction is %q, which this policy does not know", [_action]) if {
	not arm.one_of(_action, ["Allow", "Deny"])
}
