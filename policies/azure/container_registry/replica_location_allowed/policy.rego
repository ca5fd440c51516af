# METADATA
# title: The replica of the registry is in an allowed region
# description: |
#   A replica holds every image of the registry. Images carry code and often configuration; one outside the allowed regions is a place of
#   processing that the contract and the register do not name. The home region is judged with the registry.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication
# custom:
#   check: RES-LOC-002
#   severity: medium
#   resource: Microsoft.ContainerRegistry/registries/replications
#   reads:
#     - {path: resource.location, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the replica to compare with the regions that the contract names
#     RTS-4-2-b-ii: names the location of the second copy of the images
#     GDPR-28-3-a: a replica is an instruction to copy, and this shows where to
#   remediation:
#     az: az acr replication delete --registry REGISTRY --name REPLICA
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         georeplications {
#           location = "northeurope"
#         }
#       }
#     note: Deleting a replica deletes the copy there. Clients in that region then pull from another replica.
package azure.container_registry.replica_location_allowed

import data.lib.locations

_place := input.resource.location

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	locations.outside(_place, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("a replica of the registry is in %s", [_place]),
		"path": "resource.location",
		"actual": _place,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the copy names no region" if locations.nowhere(_place)
