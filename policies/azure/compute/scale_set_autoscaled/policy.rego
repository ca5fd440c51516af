# METADATA
# title: The scale set follows its load
# description: |
#   A scale set with a fixed number of instances does not do what its name says: when the load rises nothing is added. Scale sets of a
#   Kubernetes cluster are scaled by the cluster; its policies judge that. Settings outside of what was read are not seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-autoscale-overview
# custom:
#   check: VMSS-SCL-001
#   severity: medium
#   resource: Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - path: resource.tags
#       type: object
#       absent: "none: nothing marks the scale set as part of a cluster"
#     - path: related.autoscale_settings.*.properties.enabled
#       type: boolean
#       absent: "false: the API creates a setting that says nothing switched off"
#   parameters:
#     autoscaling_required: {type: boolean, default: true, meaning: whether compute must follow its load by itself}
#   controls:
#     DORA-7-c: instances follow the load, so that there are enough of them at peak volumes
#     DORA-12-4: instances are added in place of those that are lost
#     RTS-9-1-c: the number of instances is raised when capacity runs short
#   remediation:
#     az: |
#       az monitor autoscale create --resource-group RESOURCE_GROUP --resource TARGET_ID --name as-payments --min-count 3 --max-count 9 --count 3
#       az monitor autoscale rule create --resource-group RESOURCE_GROUP --autoscale-name as-payments --condition "Percentage CPU > 70 avg 10m" --scale out 1
#       az monitor autoscale rule create --resource-group RESOURCE_GROUP --autoscale-name as-payments --condition "Percentage CPU < 30 avg 10m" --scale in 1
#     terraform: |
#       resource "azurerm_monitor_autoscale_setting" "example" {
#         name                = "as-payments"
#         resource_group_name = azurerm_resource_group.example.name
#         location            = azurerm_resource_group.example.location
#         target_resource_id  = azurerm_linux_virtual_machine_scale_set.example.id
#         profile {
#           name = "by load"
#           capacity {
#             minimum = 3
#             maximum = 9
#             default = 3
#           }
#           # rule { ... }
#         }
#       }
package azure.compute.scale_set_autoscaled

# A Kubernetes cluster scales its own sets, and marks them.
_scaled if {
	some name, _ in input.resource.tags
	startswith(lower(name), "aks-managed-")
}

_scaled if {
	some _, setting in input.related.autoscale_settings
	setting.properties.enabled == true
}

_settings := count(input.related.autoscale_settings)

_counted if is_object(input.related.autoscale_settings)

not_applicable contains "no autoscaling is required" if data.parameters.autoscaling_required == false

deny contains finding if {
	not _scaled
	_settings == 0
	finding := {
		"message": "nothing scales the scale set",
		"path": "related.autoscale_settings.*.properties.enabled",
		"actual": 0,
		"expected": "an autoscale setting that is on",
	}
}

deny contains finding if {
	not _scaled
	_settings > 0
	finding := {
		"message": "the autoscale setting of the scale set is off",
		"path": "related.autoscale_settings.*.properties.enabled",
		"actual": false,
		"expected": true,
	}
}

unknown contains "the autoscale settings of the scale set cannot be counted" if not _counted
