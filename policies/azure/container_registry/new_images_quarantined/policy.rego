# METADATA
# title: New images wait until they have been examined
# description: |
#   With quarantine, an image that was pushed cannot be pulled until a scanner has released it. It is a preview function without support
#   in the portal, and without a scanner that releases images nothing can be pulled: do not switch it on alone.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-faq
# custom:
#   check: ACR-INV-001
#   severity: low
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.policies.quarantinePolicy.status
#       type: string
#       absent: "disabled: images can be pulled at once until told otherwise"
#   controls:
#     RTS-10-2-b: an image is scanned before it can run, and not at some time later
#     RTS-17-1-a: security of a change is checked before it reaches production
#   remediation:
#     az: az resource update --ids REGISTRY_ID --set properties.policies.quarantinePolicy.status=enabled
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         quarantine_policy_enabled = true
#       }
#     bicep: "properties: { policies: { quarantinePolicy: { status: 'enabled' } } }"
package azure.container_registry.new_images_quarantined

import data.lib.arm

default _quarantine_policy := "disabled"

_quarantine_policy := input.resource.properties.policies.quarantinePolicy.status

deny contains finding if {
	arm.same(_quarantine_policy, "disabled")
	finding := {
		"message": sprintf("the quarantine policy is %s", [_quarantine_policy]),
		"path": "resource.properties.policies.quarantinePolicy.status",
		"actual": _quarantine_policy,
		"expected": "enabled",
	}
}

unknown contains sprintf("quarantinePolicy.status is %q, which this policy does not know", [_quarantine_policy]) if {
	not arm.one_of(_quarantine_policy, ["enabled", "disabled"])
}
