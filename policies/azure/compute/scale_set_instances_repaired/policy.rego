# METADATA
# title: The scale set replaces instances that fail
# description: |
#   Without automatic repairs a broken instance stays, takes its share of requests and shrinks the capacity until somebody notices. A
#   health probe or the health extension must say which instances are broken.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-instance-repairs
# custom:
#   check: VMSS-ZR-002
#   severity: low
#   resource: Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - path: resource.properties.automaticRepairsPolicy.enabled
#       type: boolean
#       absent: "false: instances are not replaced until told otherwise"
#   controls:
#     DORA-12-4: redundant instances count only while failed ones are replaced
#     DORA-10-1: an instance that fails is noticed by the scale set itself
#     GDPR-32-1-b: processing keeps its capacity when an instance fails
#   remediation:
#     az: az vmss update --resource-group RESOURCE_GROUP --name SCALE_SET --enable-automatic-repairs true
#     terraform: |
#       resource "azurerm_linux_virtual_machine_scale_set" "example" {
#         # ...
#         automatic_instance_repair {
#           enabled      = true
#           grace_period = "PT30M"
#         }
#       }
#     bicep: "properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M' } }"
package azure.compute.scale_set_instances_repaired

default _automatic_repairs_policy := false

_automatic_repairs_policy := input.resource.properties.automaticRepairsPolicy.enabled

deny contains finding if {
	_automatic_repairs_policy == false
	finding := {
		"message": "broken instances are not replaced",
		"path": "resource.properties.automaticRepairsPolicy.enabled",
		"actual": _automatic_repairs_policy,
		"expected": true,
	}
}
