# METADATA
# title: The Recovery Services vault is in an allowed region
# description: |
#   Contract, register and the analysis of transfers rest on where the backups are. The region is fixed at creation. Neither DORA nor the
#   GDPR forbids a region as such: the list is the firm's, and while it is empty this policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-004
#   severity: high
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - {path: resource.location, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of storage to compare with the regions that the contract names
#     RTS-4-2-b-ii: names the location of the asset and compares it with the list of the firm
#     GDPR-44: a place outside the list may be a transfer; access from elsewhere is not seen here
#     GDPR-28-3-a: the choice of region is an instruction to the processor, and this shows the one in force
#   remediation:
#     az: az resource list --location REGION --resource-type Microsoft.RecoveryServices/vaults --query "[].id"
#     terraform: |
#       resource "azurerm_recovery_services_vault" "example" {
#         # ...
#         location = "westeurope"
#       }
#     bicep: |
#       location: 'westeurope'
#     note: |
#       A resource does not move between regions: make a new one in an allowed region, move what it holds, and delete the old one.
package azure.recovery_services.location_allowed

import data.lib.locations

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	locations.outside(input.resource.location, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("it stands in %s", [input.resource.location]),
		"path": "resource.location",
		"actual": input.resource.location,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the resource names no region" if locations.nowhere(input.resource.location)
