# METADATA
# title: Images are kept in a second region
# description: |
#   Recovery in another region starts with fetching images. If they exist only in the region that failed, nothing starts there.
#   Replication needs the Premium tier. Whether data may lie in the other region is another policy's question. Live Azure lists the home
#   region among the replications; code does not.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication
# custom:
#   check: ACR-GEO-001
#   severity: low
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - {path: children.replications.*.location, type: string}
#     - {path: resource.location, type: string}
#   parameters:
#     registry_replication_required: {type: boolean, default: true, meaning: whether images must be copied to a second region}
#   controls:
#     DORA-12-4: the copy of images in another region is capacity in reserve for recovery
#     RTS-26-2: a recovery plan for the loss of a region finds the images that it starts
#     DORA-11-5: shows whether the registry was built with the redundancy that the impact analysis asks for
#   remediation:
#     az: az acr replication create --registry REGISTRY --location northeurope
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         georeplications {
#           location                = "northeurope"
#           zone_redundancy_enabled = true
#         }
#       }
#     bicep: |
#       resource replication 'Microsoft.ContainerRegistry/registries/replications@2025-11-01' = {
#         parent: registry
#         name: 'northeurope'
#         location: 'northeurope'
#         properties: { zoneRedundancy: 'Enabled' }
#       }
package azure.container_registry.images_replicated_to_another_region

import data.lib.arm

_home := arm.region(input.resource.location)

_elsewhere contains replication.name if {
	some replication in input.children.replications
	arm.region(replication.location) != _home
}

not_applicable contains "a second region is not required for the images of this registry" if data.parameters.registry_replication_required == false

deny contains finding if {
	_home
	count(_elsewhere) == 0
	finding := {
		"message": "images are kept in one region only",
		"path": "children.replications.*.location",
		"actual": count(_elsewhere),
		"expected": "a second region",
	}
}
