# METADATA
# title: The NAT gateway of a critical function spans availability zones
# description: |
#   Judges NAT gateways whose declared criticality marks a critical or important function. A gateway of the kind Standard stands in one
#   zone, named or not, whose failure ends the way out of every subnet that uses it; StandardV2 spans the zones of its region. Where
#   each zone has a gateway and a subnet of its own, the finding is answered by a waiver: the resource alone does not show it. A
#   resource without a declared criticality gives unknown (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-nat-gateway
# custom:
#   check: HAO-SPOF-001
#   severity: high
#   resource: Microsoft.Network/natGateways
#   reads:
#     - {path: resource.sku.name, type: string}
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a NAT gateway of a critical function that is a single point of failure
#     DORA-11-5: a NAT gateway on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the NAT gateway has capacity left when one zone is gone
#   remediation:
#     az: az network nat gateway create --resource-group RESOURCE_GROUP --name GATEWAY --sku StandardV2 --public-ip-addresses ADDRESS
#     bicep: |
#       resource gateway 'Microsoft.Network/natGateways@2025-01-01' = {
#         // ...
#         sku: {
#           name: 'StandardV2'
#         }
#       }
#     note: |
#       The kind is fixed when a gateway is created. StandardV2 needs public addresses of the same kind.
package azure.estate.critical_nat_gateway_spans_zones

import data.lib.arm

_sku := input.resource.sku.name

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	arm.same(_sku, "Standard")
	finding := {
		"message": sprintf("single zone: a %s NAT gateway has one zone, and a critical function hangs on it", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": "StandardV2",
	}
}

unknown contains sprintf("the SKU %q is not known", [_sku]) if not arm.one_of(_sku, ["Standard", "StandardV2"])
