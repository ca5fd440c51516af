# METADATA
# title: The App Service plan follows its load
# description: |
#   A plan with a fixed number of instances answers slowly, or not at all, when the load rises above them. Either an autoscale setting that is
#   on adds instances, or the plan scales by itself (automatic scaling). Plans that always scale by themselves, and tiers that cannot, are
#   left out. Settings outside of what was read are not seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/manage-scale-up
#   - ref: https://learn.microsoft.com/azure/app-service/manage-automatic-scaling
# custom:
#   check: APP-SCL-001
#   severity: medium
#   resource: Microsoft.Web/serverfarms
#   reads:
#     - {path: resource.sku.name, type: string}
#     - path: resource.properties.elasticScaleEnabled
#       type: boolean
#       absent: "false: automatic scaling is off until it is switched on"
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
#       az monitor autoscale rule create --resource-group RESOURCE_GROUP --autoscale-name as-payments --condition "CpuPercentage > 70 avg 10m" --scale out 1
#       az monitor autoscale rule create --resource-group RESOURCE_GROUP --autoscale-name as-payments --condition "CpuPercentage < 30 avg 10m" --scale in 1
#     terraform: |
#       resource "azurerm_monitor_autoscale_setting" "example" {
#         name                = "as-payments"
#         resource_group_name = azurerm_resource_group.example.name
#         location            = azurerm_resource_group.example.location
#         target_resource_id  = azurerm_service_plan.example.id
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
#     note: Automatic scaling of the plan itself needs no rules, see az appservice plan update --elastic-scale.
package azure.app_service.plan_autoscaled

_sku := lower(input.resource.sku.name)

_scaled if input.resource.properties.elasticScaleEnabled == true

_scaled if {
	some _, setting in input.related.autoscale_settings
	setting.properties.enabled == true
}

_settings := count(input.related.autoscale_settings)

_counted if is_object(input.related.autoscale_settings)

not_applicable contains "no autoscaling is required" if data.parameters.autoscaling_required == false

not_applicable contains "the plan always scales by itself" if regex.match("^(y1|fc1|ep[0-9]+|ws[0-9]+)$", _sku)

not_applicable contains "the tier of the plan knows no autoscale" if regex.match("^(free|shared|[fdb][0-9]+)$", _sku)

deny contains finding if {
	not _scaled
	_settings == 0
	finding := {
		"message": "nothing scales the plan",
		"path": "related.autoscale_settings.*.properties.enabled",
		"actual": 0,
		"expected": "an autoscale setting that is on",
	}
}

deny contains finding if {
	not _scaled
	_settings > 0
	finding := {
		"message": "the autoscale setting of the plan is off",
		"path": "related.autoscale_settings.*.properties.enabled",
		"actual": false,
		"expected": true,
	}
}

unknown contains "the autoscale settings of the plan cannot be counted" if not _counted
