# METADATA
# title: The registry spans zones
# description: |
#   When the registry is down, no node can fetch images: scaling, healing and recovery of workloads stop. Zone redundancy keeps it up when
#   one data centre fails. It is fixed at creation, needs a region with zones, and in azurerm the Premium tier.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/zone-redundancy
# custom:
#   check: ACR-ZR-001
#   severity: medium
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.zoneRedundancy
#       type: string
#       absent: "Disabled: a registry that asks for nothing"
#   parameters:
#     compute_zone_redundancy_required: {type: boolean, default: true, meaning: whether compute and registries must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: copies in another zone are the spare capacity when a zone is lost
#     DORA-11-5: shows whether the registry was built with the redundancy that the impact analysis asks for
#     DORA-9-2: keeps the registry available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan for the registry an answer to the failure of a zone inside the region
#     GDPR-32-1-b: adds resilience to processing that depends on the registry
#   remediation:
#     az: az acr create --resource-group RESOURCE_GROUP --name NEW_REGISTRY --sku Premium --zone-redundancy enabled
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         sku                     = "Premium"
#         zone_redundancy_enabled = true # changing it replaces the registry
#       }
#     bicep: "properties: { zoneRedundancy: 'Enabled' }"
package azure.container_registry.zone_redundant

import data.lib.arm

default _zone_redundancy := "Disabled"

_zone_redundancy := input.resource.properties.zoneRedundancy

not_applicable contains "zone redundancy is not required of this registry" if data.parameters.compute_zone_redundancy_required == false

deny contains finding if {
	arm.same(_zone_redundancy, "Disabled")
	finding := {
		"message": sprintf("zoneRedundancy is %s", [_zone_redundancy]),
		"path": "resource.properties.zoneRedundancy",
		"actual": _zone_redundancy,
		"expected": "Enabled",
	}
}

unknown contains sprintf("zoneRedundancy is %q, which this policy does not know", [_zone_redundancy]) if {
	not arm.one_of(_zone_redundancy, ["Enabled", "Disabled"])
}
