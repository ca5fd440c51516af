# METADATA
# title: The network interface forwards no traffic of others
# description: |
#   An interface that forwards turns its machine into a router: traffic passes through it with addresses that are not its own, past the
#   rules that are written for machines. Firewalls and routers need it; waive the finding for them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface
# custom:
#   check: NET-NIC-001
#   severity: medium
#   resource: Microsoft.Network/networkInterfaces
#   reads:
#     - path: resource.properties.enableIPForwarding
#       type: boolean
#       absent: "false: Azure's default"
#   controls:
#     RTS-13-1-a: no machine joins segments that are meant to be apart
#     RTS-13-1-k: interfaces keep a hardened setting
#     RTS-13-1-d: takes a way around network rules
#   fix: {path: resource.properties.enableIPForwarding, value: false}
#   remediation:
#     az: az network nic update --resource-group RESOURCE_GROUP --name NIC --ip-forwarding false
#     terraform: |
#       resource "azurerm_network_interface" "example" {
#         # ...
#         ip_forwarding_enabled = false # azurerm 3: enable_ip_forwarding
#       }
#     bicep: |
#       resource it 'Microsoft.Network/networkInterfaces@2025-01-01' = {
#         // ...
#         properties: {
#           enableIPForwarding: false
#         }
#       }
package azure.network.interface_ip_forwarding_disabled

default _forwarding := false

_forwarding := input.resource.properties.enableIPForwarding

deny contains finding if {
	_forwarding == true
	finding := {
		"message": "the interface forwards traffic of others",
		"path": "resource.properties.enableIPForwarding",
		"actual": _forwarding,
		"expected": false,
	}
}
