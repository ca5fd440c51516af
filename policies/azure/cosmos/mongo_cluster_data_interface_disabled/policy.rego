# METADATA
# title: The MongoDB cluster offers no second way to its data
# description: |
#   The data interface answers requests over HTTPS beside the protocol of MongoDB, which doubles what has to be guarded, logged and
#   reviewed. Few programs need it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/data-api
# custom:
#   check: COS-NET-008
#   severity: low
#   resource: Microsoft.DocumentDB/mongoClusters
#   reads:
#     - path: resource.properties.dataApi.mode
#       type: string
#       absent: "Disabled: the interface is off unless it is switched on"
#   controls:
#     RTS-11-2-b: a part of the service that is not needed is off, as the hardened baseline has it
#     RTS-13-1-b: there is one way to the data to document and to watch
#     DORA-9-3-b: lowers the number of ways by which somebody may get at the data
#   fix: {path: resource.properties.dataApi.mode, value: Disabled}
#   remediation:
#     az: az resource update --ids CLUSTER_ID --set properties.dataApi.mode=Disabled
#     terraform: |
#       resource "azurerm_mongo_cluster" "example" {
#         # ...
#         data_api_mode_enabled = false
#       }
#     bicep: |
#       resource cluster 'Microsoft.DocumentDB/mongoClusters@2025-09-01' = {
#         // ...
#         properties: {
#           dataApi: { mode: 'Disabled' }
#         }
#       }
package azure.cosmos.mongo_cluster_data_interface_disabled

import data.lib.arm

default _interface := "Disabled"

_interface := input.resource.properties.dataApi.mode

deny contains finding if {
	arm.same(_interface, "Enabled")
	finding := {
		"message": "data can be read and written over HTTPS requests",
		"path": "resource.properties.dataApi.mode",
		"actual": _interface,
		"expected": "Disabled",
	}
}

unknown contains sprintf("mode is %q, which this policy does not know", [_interface]) if {
	not arm.one_of(_interface, ["Disabled", "Enabled"])
}
