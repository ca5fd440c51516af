# METADATA
# title: The firewall policy stops intrusions
# description: |
#   Signatures of attacks are looked for in the traffic only where the mode is Alert or Deny, and only Deny stops what is found. It needs
#   the Premium tier, and sees encrypted traffic only with TLS inspection.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/firewall/premium-features
# custom:
#   check: NET-FW-002
#   severity: medium
#   resource: Microsoft.Network/firewallPolicies
#   reads:
#     - path: resource.properties.intrusionDetection.mode
#       type: string
#       absent: "Off: a policy that does not say otherwise inspects nothing"
#   controls:
#     RTS-13-1-d: unauthorised connections that carry an attack are detected and ended
#     DORA-10-1: attacks on the network are detected when they happen
#     DORA-10-2: one of the layers of control acts by itself
#   fix: {path: resource.properties.intrusionDetection.mode, value: Deny}
#   remediation:
#     az: az network firewall policy update --resource-group RESOURCE_GROUP --name POLICY --idps-mode Deny
#     terraform: |
#       resource "azurerm_firewall_policy" "example" {
#         # ...
#         sku = "Premium"
#         intrusion_detection {
#           mode = "Deny"
#         }
#       }
#     bicep: |
#       resource it 'Microsoft.Network/firewallPolicies@2025-01-01' = {
#         // ...
#         properties: {
#           intrusionDetection: {
#             mode: 'Deny'
#           }
#         }
#       }
package azure.network.firewall_policy_intrusion_prevention

import data.lib.arm

default _mode := "Off"

_mode := input.resource.properties.intrusionDetection.mode

deny contains finding if {
	arm.one_of(_mode, ["Alert", "Off"])
	finding := {
		"message": sprintf("intrusion detection is set to %s", [_mode]),
		"path": "resource.properties.intrusionDetection.mode",
		"actual": _mode,
		"expected": "Deny",
	}
}

unknown contains sprintf("mode is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Deny", "Alert", "Off"])
}
