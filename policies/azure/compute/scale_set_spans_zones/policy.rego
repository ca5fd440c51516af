# METADATA
# title: The scale set spans zones
# description: |
#   All instances of a scale set in one zone, or in no zone of its own choice, are lost with one data centre. Zones can be added to a
#   scale set, not taken away; existing instances stay where they are.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-use-availability-zones
# custom:
#   check: VMSS-ZR-001
#   severity: medium
#   resource: Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - path: resource.zones
#       type: array
#       absent: "none: a scale set that names no zones is bound to none"
#   parameters:
#     compute_zone_redundancy_required: {type: boolean, default: true, meaning: whether compute and registries must survive the loss of an availability zone}
#     availability_zones_min: {type: integer, default: 2, min: 2, max: 3, meaning: fewest availability zones over which nodes are spread}
#   controls:
#     DORA-12-4: instances in another zone are the spare capacity when a zone is lost
#     DORA-11-5: shows whether the scale set was built with the redundancy that the impact analysis asks for
#     DORA-9-2: keeps the scale set available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan for the scale set an answer to the failure of a zone inside the region
#     GDPR-32-1-b: adds resilience to processing that depends on the scale set
#   remediation:
#     az: az vmss update --resource-group RESOURCE_GROUP --name SCALE_SET --set zones=["1","2","3"]
#     terraform: |
#       resource "azurerm_linux_virtual_machine_scale_set" "example" {
#         # ...
#         zones        = ["1", "2", "3"]
#         zone_balance = true
#       }
#     bicep: "zones: ['1', '2', '3']"
package azure.compute.scale_set_spans_zones

import data.lib.pools

default _zones := []

_zones := input.resource.zones

not_applicable contains "zone redundancy is not required of this scale set" if data.parameters.compute_zone_redundancy_required == false

deny contains finding if {
	pools.zones(_zones) < data.parameters.availability_zones_min
	finding := {
		"message": sprintf("this scale set spans %d availability zones", [pools.zones(_zones)]),
		"path": "resource.zones",
		"actual": _zones,
		"expected": data.parameters.availability_zones_min,
	}
}

unknown contains sprintf("the zones %v cannot be read", [_zones]) if not pools.zones(_zones)
