# METADATA
# title: The copies of the Managed HSM are in allowed regions
# description: |
#   A Managed HSM that is extended to further regions keeps its keys in each of them. A pool that names no further region has none and is
#   left out, and while the list of allowed regions is empty nothing is checked.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/multi-region-replication
# custom:
#   check: RES-LOC-005
#   severity: medium
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - path: resource.properties.regions
#       type: array
#       absent: "no further region"
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the keys to compare with the regions that the contract names
#     RTS-4-2-b-ii: names the location of the asset and compares it with the list of the firm
#     GDPR-44: a place outside the list may be a transfer; access from elsewhere is not seen here
#     GDPR-28-3-a: the choice of region is an instruction to the processor, and this shows the one in force
#     GDPR-46-1: where keys are kept outside the list, they may not serve as a safeguard for a transfer
#   remediation:
#     az: az keyvault region remove --hsm-name HSM --region eastus
#     note: Removing a region deletes the copy there. Clients in that region then use the remaining ones.
package azure.managed_hsm.replicas_in_allowed_regions

import data.lib.locations

default _regions := []

_regions := input.resource.properties.regions

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "the keys are in no further region" if count(_regions) == 0

deny contains finding if {
	some region in _regions
	locations.outside(region.name, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("a copy of the keys is in %s", [region.name]),
		"path": "resource.properties.regions",
		"actual": region.name,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "a copy names no region" if {
	some region in _regions
	not _named(region)
}

unknown contains "a copy is nowhere" if {
	some region in _regions
	locations.nowhere(region.name)
}

_named(region) if is_string(region.name)
