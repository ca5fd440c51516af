# METADATA
# title: The Data Explorer cluster is really spread over zones
# description: |
#   Zones are a wish until the nodes and the storage have moved. Azure shows what was reached: a cluster in a state of inconsistency has
#   some of its parts in one zone still. Live only: code never shows it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/migrate-cluster-to-multiple-availability-zone
# custom:
#   check: ADX-ZR-003
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - {path: resource.properties.zoneStatus, type: string}
#   controls:
#     DORA-11-5: the redundancy over zones that was ordered is there
#     DORA-9-2: availability is designed for the loss of a datacentre, and the design is in force
#     RTS-26-2: the failure of a datacentre is provided for
#   remediation:
#     az: |
#       az resource update --ids CLUSTER_ID --set zones=[1,2,3]
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         zones = ["1", "2", "3"]
#       }
#     bicep: |
#       resource cluster 'Microsoft.Kusto/clusters@2024-04-13' = {
#         // ...
#         zones: [ '1', '2', '3' ]
#       }
package azure.data_explorer.zones_in_force

import data.lib.arm

_zone_status := input.resource.properties.zoneStatus

deny contains finding if {
	arm.one_of(_zone_status, ["NonZonal", "ZonalInconsistency"])
	finding := {
		"message": sprintf("the cluster is %s", [_zone_status]),
		"path": "resource.properties.zoneStatus",
		"actual": _zone_status,
		"expected": "Zonal",
	}
}

unknown contains sprintf("zoneStatus is %q, which this policy does not know", [_zone_status]) if {
	not arm.one_of(_zone_status, ["Zonal", "NonZonal", "ZonalInconsistency"])
}
