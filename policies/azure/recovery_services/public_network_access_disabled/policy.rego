# METADATA
# title: The Recovery Services vault cannot be reached from the internet
# description: |
#   Agents and workloads talk to the vault over the network. With public access on, whoever has stolen credentials talks to it from
#   anywhere. Private endpoints must exist before access is closed, and private endpoints of a vault can only be made before its first item
#   is protected.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/private-endpoints
# custom:
#   check: BV-NET-001
#   severity: medium
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default for a vault that does not say otherwise"
#   controls:
#     DORA-9-4-b: the way to the backups runs over connections that the firm can cut
#     DORA-9-3-c: takes a way to read or destroy backups from outside
#     RTS-13-1-g: traffic with the vault stays off the internet
#     RTS-13-1-d: a connection from outside is refused and not only unused
#     GDPR-25-2: copies of personal data are not offered to everybody by default
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az backup vault update --resource-group RESOURCE_GROUP --name VAULT --public-network-access Disable
#     terraform: |
#       resource "azurerm_recovery_services_vault" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
package azure.recovery_services.public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("public network access is %s", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
