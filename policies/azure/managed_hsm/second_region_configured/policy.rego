# METADATA
# title: The HSM pool serves its keys from a second region
# description: |
#   Every database, store and disk whose key is in the pool stands still while the pool cannot be reached. A pool in one region goes down
#   with it; one that is extended to a second answers from there, with the same keys. Where that region may be is judged by
#   replicas_in_allowed_regions. A region counts once it is up.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/multi-region-replication
# custom:
#   check: KV-GEO-001
#   severity: low
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - path: resource.properties.regions
#       type: array
#       absent: "none: the pool stands in its own region only"
#   controls:
#     DORA-11-5: the pool, on which everything under its keys depends, is redundant
#     DORA-10-1: the keys are no single point of failure of one region
#     RTS-26-2: the failure of a region is provided for
#     GDPR-32-1-b: personal data stays readable when the region of the keys fails
#   remediation:
#     az: az keyvault region add --hsm-name HSM --region northeurope
#     bicep: |
#       resource pool 'Microsoft.KeyVault/managedHSMs@2026-02-01' = {
#         // ...
#         properties: {
#           regions: [ { name: 'northeurope' } ]
#         }
#       }
#     note: A second region costs as much as the first.
package azure.managed_hsm.second_region_configured

import data.lib.arm

default _regions := []

_regions := input.resource.properties.regions

_up contains arm.region(region.name) if {
	some region in _regions
	object.get(region, "isPrimary", false) == false
	arm.same(object.get(region, "provisioningState", "Succeeded"), "Succeeded")
}

deny contains finding if {
	count(_up) == 0
	finding := {
		"message": "no second region serves the keys",
		"path": "resource.properties.regions",
		"actual": count(_regions),
		"expected": "a second region that is up",
	}
}
