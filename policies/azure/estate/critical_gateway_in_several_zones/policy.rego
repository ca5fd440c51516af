# METADATA
# title: Application gateways and firewalls of a critical function stand in several zones
# description: |
#   Judges gateways whose declared criticality marks a critical or important function. A gateway in one zone, or in none by name, stops
#   with its data centre, and with it the way to everything behind it. Unlike the policies of the network it cannot be switched off by a
#   parameter. A resource without a declared criticality gives unknown (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/availability-zones-overview
# custom:
#   check: HAO-SPOF-001
#   severity: high
#   resource:
#     - Microsoft.Network/applicationGateways
#     - Microsoft.Network/azureFirewalls
#   reads:
#     - path: resource.zones
#       type: array
#       absent: "none: no zone was named"
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a gateway of a critical function that is a single point of failure
#     DORA-11-5: a gateway on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the gateway has capacity left when one zone is gone
#   remediation:
#     terraform: |
#       resource "azurerm_application_gateway" "example" {
#         # ...
#         zones = ["1", "2", "3"]
#       }
#     bicep: |
#       resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
#         // ...
#         zones: ['1', '2', '3']
#       }
#     note: |
#       The zones of a gateway are fixed when it is created: a finding means a new one.
package azure.estate.critical_gateway_in_several_zones

import data.lib.arm

default _zones := set()

_zones := {zone | some zone in input.resource.zones}

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	count(_zones) < 2
	finding := {
		"message": sprintf("single zone: it stands in %d named zones, and a critical function hangs on it", [count(_zones)]),
		"path": "resource.zones",
		"actual": sort(_zones),
		"expected": "two zones or more",
	}
}
