# METADATA
# title: The firewall policy refuses traffic with known bad addresses
# description: |
#   The firewall knows addresses and names from which attacks come. With Alert it writes them down and lets them through. A policy that
#   inherits from another cannot be laxer than that one.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/firewall/threat-intel
# custom:
#   check: NET-FW-001
#   severity: medium
#   resource: Microsoft.Network/firewallPolicies
#   reads:
#     - path: resource.properties.threatIntelMode
#       type: string
#       absent: "Alert: Azure's default"
#   controls:
#     RTS-13-1-d: connections with addresses that are known for attacks are prevented and not only seen
#     DORA-9-3-c: stops contact with systems that are known to steal or encrypt data
#     DORA-10-2: a layer of control that acts without waiting for a person
#   fix: {path: resource.properties.threatIntelMode, value: Deny}
#   remediation:
#     az: az network firewall policy update --resource-group RESOURCE_GROUP --name POLICY --threat-intel-mode Deny
#     terraform: |
#       resource "azurerm_firewall_policy" "example" {
#         # ...
#         threat_intelligence_mode = "Deny"
#       }
#     bicep: |
#       resource it 'Microsoft.Network/firewallPolicies@2025-01-01' = {
#         // ...
#         properties: {
#           threatIntelMode: 'Deny'
#         }
#       }
package azure.network.firewall_policy_threat_intelligence_denies

import data.lib.arm

default _mode := "Alert"

_mode := input.resource.properties.threatIntelMode

deny contains finding if {
	arm.one_of(_mode, ["Alert", "Off"])
	finding := {
		"message": sprintf("threat intelligence is set to %s", [_mode]),
		"path": "resource.properties.threatIntelMode",
		"actual": _mode,
		"expected": "Deny",
	}
}

unknown contains sprintf("threatIntelMode is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Deny", "Alert", "Off"])
}
