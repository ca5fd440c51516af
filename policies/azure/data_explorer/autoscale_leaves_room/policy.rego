# METADATA
# title: The Data Explorer cluster scales within bounds that leave room
# description: |
#   A cluster of a fixed size throttles ingestion and queries at peak volumes. Optimized autoscale adds and takes away instances between two
#   numbers. The floor must hold more than one instance, and the ceiling must lie above it. Clusters for trials cannot scale and are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/manage-cluster-horizontal-scaling
# custom:
#   check: ADX-SCL-001
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - {path: resource.sku.tier, type: string}
#     - path: resource.properties.optimizedAutoscale.isEnabled
#       type: boolean
#       absent: "false: a cluster has a fixed size until told otherwise"
#     - {path: resource.properties.optimizedAutoscale.minimum, type: integer}
#     - {path: resource.properties.optimizedAutoscale.maximum, type: integer}
#   parameters:
#     autoscale_instances_min: {type: integer, default: 2, min: 1, max: 1000, meaning: fewest instances to which compute may shrink by itself}
#     autoscale_headroom_min: {type: integer, default: 1, min: 1, max: 1000, meaning: fewest instances or units that scaling may add to its least number}
#   controls:
#     DORA-7-c: compares the room for peak volumes with the room that the firm asks for
#     DORA-12-4: the floor keeps an instance in reserve when the load is low
#     RTS-9-1-c: instances are added when queries and ingestion run short of them
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --optimized-autoscale "{version:1,is-enabled:true,minimum:2,maximum:8}"
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         optimized_auto_scale {
#           minimum_instances = 2
#           maximum_instances = 8
#         }
#       }
#     bicep: "properties: { optimizedAutoscale: { version: 1, isEnabled: true, minimum: 2, maximum: 8 } }"
package azure.data_explorer.autoscale_leaves_room

import data.lib.arm

_tier := input.resource.sku.tier

_autoscale := input.resource.properties.optimizedAutoscale

default _scaled := false

_scaled := _autoscale.isEnabled

_room := _autoscale.maximum - _autoscale.minimum

not_applicable contains "the cluster is of a tier for trials, which does not scale" if arm.same(_tier, "Basic")

deny contains finding if {
	arm.same(_tier, "Standard")
	_scaled == false
	finding := {
		"message": "the cluster has a fixed size",
		"path": "resource.properties.optimizedAutoscale.isEnabled",
		"actual": _scaled,
		"expected": true,
	}
}

deny contains finding if {
	arm.same(_tier, "Standard")
	_scaled == true
	_autoscale.minimum < data.parameters.autoscale_instances_min
	finding := {
		"message": sprintf("the cluster may shrink to %d instances", [_autoscale.minimum]),
		"path": "resource.properties.optimizedAutoscale.minimum",
		"actual": _autoscale.minimum,
		"expected": data.parameters.autoscale_instances_min,
	}
}

deny contains finding if {
	arm.same(_tier, "Standard")
	_scaled == true
	_room < data.parameters.autoscale_headroom_min
	finding := {
		"message": sprintf("the cluster may grow by %d instances", [_room]),
		"path": "resource.properties.optimizedAutoscale.maximum",
		"actual": _room,
		"expected": data.parameters.autoscale_headroom_min,
	}
}

unknown contains sprintf("sku.tier is %q, which this policy does not know", [_tier]) if {
	not arm.one_of(_tier, ["Basic", "Standard"])
}
