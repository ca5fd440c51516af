# METADATA
# title: The public address is of a kind that Azure supports
# description: |
#   Basic public addresses were retired in September 2025. They are open to inbound traffic unless a security group closes them, span no
#   zones and have no service level. The Standard kinds are closed by default.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance
# custom:
#   check: NET-EOL-001
#   severity: medium
#   resource: Microsoft.Network/publicIPAddresses
#   reads:
#     - {path: resource.sku.name, type: string}
#   controls:
#     DORA-7-intro: shows a network resource that its provider has retired
#     RTS-13-1-k: the hardened kind refuses inbound traffic until a rule allows it
#     RTS-4-2-b-ix: gives the register a resource whose support has ended
#   remediation:
#     az: az network public-ip update --resource-group RESOURCE_GROUP --name ADDRESS --sku Standard
#     terraform: |
#       resource "azurerm_public_ip" "example" {
#         # ...
#         sku = "Standard"
#       }
#     bicep: |
#       sku: { name: 'Standard' }
package azure.network.public_address_sku_supported

import data.lib.arm

_sku := input.resource.sku.name

deny contains finding if {
	arm.same(_sku, "Basic")
	finding := {
		"message": sprintf("the address is of the %s kind", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": "Standard",
	}
}

unknown contains sprintf("name is %q, which this policy does not know", [_sku]) if {
	not arm.one_of(_sku, ["Standard", "StandardV2", "Basic"])
}
