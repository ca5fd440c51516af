# METADATA
# title: The MongoDB cluster survives the loss of a zone
# description: |
#   Without a standby in another availability zone the loss of a datacentre stops the cluster until Azure has brought it up again, and
#   writes of the last moments may be lost. In a region without zones the standby is placed in the same one: the mode is what was asked for,
#   not what was reached.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/high-availability-replication-best-practices
# custom:
#   check: COS-ZR-002
#   severity: high
#   resource: Microsoft.DocumentDB/mongoClusters
#   reads:
#     - path: resource.properties.highAvailability.targetMode
#       type: string
#       absent: "Disabled: a cluster that names no mode has no standby"
#   controls:
#     DORA-11-5: the cluster, a component of the functions on it, is made redundant
#     DORA-12-4: capacity that stands ready exists in a second zone
#     DORA-9-2: availability of the data is designed for the loss of a datacentre
#     RTS-26-2: the failure of a datacentre is provided for
#     GDPR-32-1-b: personal data stays available when a zone fails
#   fix: {path: resource.properties.highAvailability.targetMode, value: ZoneRedundantPreferred}
#   remediation:
#     az: az resource update --ids CLUSTER_ID --set properties.highAvailability.targetMode=ZoneRedundantPreferred
#     terraform: |
#       resource "azurerm_mongo_cluster" "example" {
#         # ...
#         high_availability_mode = "ZoneRedundantPreferred"
#       }
#     bicep: |
#       resource cluster 'Microsoft.DocumentDB/mongoClusters@2025-09-01' = {
#         // ...
#         properties: {
#           highAvailability: { targetMode: 'ZoneRedundantPreferred' }
#         }
#       }
#     portal: MongoDB cluster > Settings > Scale > High availability
package azure.cosmos.mongo_cluster_zone_redundant

import data.lib.arm

default _target_mode := "Disabled"

_target_mode := input.resource.properties.highAvailability.targetMode

deny contains finding if {
	arm.one_of(_target_mode, ["SameZone", "Disabled"])
	finding := {
		"message": sprintf("the mode of high availability is %s", [_target_mode]),
		"path": "resource.properties.highAvailability.targetMode",
		"actual": _target_mode,
		"expected": "ZoneRedundantPreferred",
	}
}

unknown contains sprintf("targetMode is %q, which this policy does not know", [_target_mode]) if {
	not arm.one_of(_target_mode, ["ZoneRedundantPreferred", "SameZone", "Disabled"])
}
