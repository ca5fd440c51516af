# METADATA
# title: Images cannot be exported from the registry
# description: |
#   Export lets somebody with rights copy images to another registry, also outside the firm, past the private endpoint. It can be switched
#   off on a Premium registry without public endpoint.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/data-loss-prevention
# custom:
#   check: ACR-NET-004
#   severity: low
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.policies.exportPolicy.status
#       type: string
#       absent: "enabled: a registry allows exports until told otherwise"
#   controls:
#     RTS-11-2-i: images cannot be copied out past the network boundary
#     RTS-14-1-b: prevents a leak of code by a function of the registry itself
#     RTS-21-d: rights on the registry do not suffice to carry its content away
#   remediation:
#     az: az acr update --name REGISTRY --allow-exports false
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         export_policy_enabled         = false
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { policies: { exportPolicy: { status: 'disabled' } } }"
package azure.container_registry.export_disabled

import data.lib.arm

default _export_policy := "enabled"

_export_policy := input.resource.properties.policies.exportPolicy.status

deny contains finding if {
	arm.same(_export_policy, "enabled")
	finding := {
		"message": sprintf("exportPolicy is %s: images can be copied elsewhere", [_export_policy]),
		"path": "resource.properties.policies.exportPolicy.status",
		"actual": _export_policy,
		"expected": "disabled",
	}
}

unknown contains sprintf("exportPolicy.status is %q, which this policy does not know", [_export_policy]) if {
	not arm.one_of(_export_policy, ["disabled", "enabled"])
}
