# METADATA
# title: Images that nothing names any more are deleted
# description: |
#   Every push under an old tag leaves the former image behind, with its flaws and possibly with data. A retention policy deletes such
#   images after some days. It needs the Premium tier, and workloads must pull by tag or lock the images they pull by digest.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy
# custom:
#   check: ACR-BKP-001
#   severity: low
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.policies.retentionPolicy.status
#       type: string
#       absent: "disabled: nothing is deleted until told otherwise"
#   controls:
#     RTS-11-2-g: images that are no longer needed are deleted by a process and not by chance
#     GDPR-5-1-e: personal data that slipped into an image does not stay for ever
#   remediation:
#     az: az acr config retention update --registry REGISTRY --status enabled --days 30 --type UntaggedManifests
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         retention_policy_in_days = 30
#       }
#     bicep: "properties: { policies: { retentionPolicy: { status: 'enabled', days: 30 } } }"
package azure.container_registry.untagged_images_deleted

import data.lib.arm

default _retention_policy := "disabled"

_retention_policy := input.resource.properties.policies.retentionPolicy.status

deny contains finding if {
	arm.same(_retention_policy, "disabled")
	finding := {
		"message": sprintf("the retention policy is %s: former images stay for ever", [_retention_policy]),
		"path": "resource.properties.policies.retentionPolicy.status",
		"actual": _retention_policy,
		"expected": "enabled",
	}
}

unknown contains sprintf("retentionPolicy.status is %q, which this policy does not know", [_retention_policy]) if {
	not arm.one_of(_retention_policy, ["enabled", "disabled"])
}
