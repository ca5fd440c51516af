# METADATA
# title: The registry takes signatures of images
# description: |
#   With content trust, publishers sign images and clients can refuse what is not signed. Microsoft is retiring this kind of signature in
#   favour of the Notary Project; a firm that signs that way waives the finding. It needs the Premium tier.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-content-trust
# custom:
#   check: ACR-AUTH-003
#   severity: low
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.policies.trustPolicy.status
#       type: string
#       absent: "disabled: images cannot be signed until told otherwise"
#   controls:
#     DORA-9-3-c: clients can notice an image that lost its authenticity or integrity
#     RTS-14-1-a: authenticity of an image can be verified after its transfer
#   remediation:
#     az: az resource update --ids REGISTRY_ID --set properties.policies.trustPolicy.type=Notary properties.policies.trustPolicy.status=enabled
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         trust_policy_enabled = true # not in azurerm 5; trust_policy { enabled = true } before 4
#       }
#     bicep: "properties: { policies: { trustPolicy: { type: 'Notary', status: 'enabled' } } }"
#     note: The Azure CLI no longer switches it on, and Azure may refuse it where it was never on. Sign with Notation instead.
package azure.container_registry.content_trust_enabled

import data.lib.arm

default _trust_policy := "disabled"

_trust_policy := input.resource.properties.policies.trustPolicy.status

deny contains finding if {
	arm.same(_trust_policy, "disabled")
	finding := {
		"message": sprintf("the trust policy is %s: images cannot be signed", [_trust_policy]),
		"path": "resource.properties.policies.trustPolicy.status",
		"actual": _trust_policy,
		"expected": "enabled",
	}
}

unknown contains sprintf("trustPolicy.status is %q, which this policy does not know", [_trust_policy]) if {
	not arm.one_of(_trust_policy, ["enabled", "disabled"])
}
