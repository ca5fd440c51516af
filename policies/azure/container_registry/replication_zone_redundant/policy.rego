# METADATA
# title: The copy of the registry in another region spans zones
# description: |
#   When one data centre of that region fails, nodes there cannot fetch images from the copy. It is fixed when the copy is made: delete it
#   and make it again.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/zone-redundancy
# custom:
#   check: ACR-ZR-001
#   severity: low
#   resource: Microsoft.ContainerRegistry/registries/replications
#   reads:
#     - path: resource.properties.zoneRedundancy
#       type: string
#       absent: "Disabled: a copy that asks for nothing"
#   parameters:
#     compute_zone_redundancy_required: {type: boolean, default: true, meaning: whether compute and registries must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: images in another zone are the spare capacity when a zone is lost
#     DORA-11-5: shows whether the copy of the registry was built with the redundancy that the impact analysis asks for
#     DORA-9-2: keeps the copy of the registry available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan for the copy of the registry an answer to the failure of a zone inside the region
#     GDPR-32-1-b: adds resilience to processing that depends on the copy of the registry
#   remediation:
#     az: az acr replication create --registry REGISTRY --location northeurope --zone-redundancy enabled
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         georeplications {
#           location                = "northeurope"
#           zone_redundancy_enabled = true
#         }
#       }
#     bicep: "properties: { zoneRedundancy: 'Enabled' }"
package azure.container_registry.replication_zone_redundant

import data.lib.arm

default _zone_redundancy := "Disabled"

_zone_redundancy := input.resource.properties.zoneRedundancy

not_applicable contains "zone redundancy is not required of this copy" if data.parameters.compute_zone_redundancy_required == false

deny contains finding if {
	arm.same(_zone_redundancy, "Disabled")
	finding := {
		"message": sprintf("zoneRedundancy of the copy is %s", [_zone_redundancy]),
		"path": "resource.properties.zoneRedundancy",
		"actual": _zone_redundancy,
		"expected": "Enabled",
	}
}

unknown contains sprintf("zoneRedundancy is %q, which this policy does not know", [_zone_redundancy]) if {
	not arm.one_of(_zone_redundancy, ["Enabled", "Disabled"])
}
