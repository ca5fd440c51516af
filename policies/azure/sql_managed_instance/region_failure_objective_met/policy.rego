# METADATA
# title: The SQL managed instance can keep its recovery objectives when its region is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the instance typically comes back in another region: by a
#   failover of its failover group, or by a restore of geo-redundant backups, for which an instance has to be there. A failover counts
#   from the moment that the firm orders it. The figures are Microsoft's typical ones and no service level; the library lists them with
#   the pages they come from. A measured time, given as a parameter, counts before them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-sql-managed-instance
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/business-continuity-high-availability-disaster-recover-hadr-overview
# custom:
#   check: HAO-MI-002
#   severity: high
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - {path: related.instance_failover_groups.*.properties.partnerRegions, type: array}
#     - path: resource.properties.requestedBackupStorageRedundancy
#       type: string
#       absent: "Geo: the default of an instance that does not say otherwise"
#     - {path: resource.location, type: string}
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     failover_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested failover to another region took; 0 when none was measured}
#     geo_restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore in another region took; 0 when none was measured}
#     objectives_hold_for_region: {type: boolean, default: true, meaning: whether the declared recovery objectives hold for the loss of a whole region too}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the instance with what it can typically do after the loss of a region
#     DORA-11-5: shows whether the instance was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the instance has for the loss of a region, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a instance whose typical recovery after the loss of a region is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a region has a way back that fits the objectives of the instance
#     GDPR-32-1-c: shows how soon access to personal data in the instance typically returns after the loss of a region
#   remediation:
#     az: |
#       az sql instance-failover-group create --resource-group RESOURCE_GROUP --mi INSTANCE --name GROUP --partner-mi SECONDARY --partner-resource-group SECONDARY_GROUP --failover-policy Manual
#     terraform: |
#       resource "azurerm_mssql_managed_instance_failover_group" "example" {
#         name                        = "GROUP"
#         location                    = azurerm_mssql_managed_instance.example.location
#         managed_instance_id         = azurerm_mssql_managed_instance.example.id
#         partner_managed_instance_id = azurerm_mssql_managed_instance.secondary.id
#         read_write_endpoint_failover_policy {
#           mode = "Manual"
#         }
#       }
#     bicep: |
#       resource group 'Microsoft.Sql/locations/instanceFailoverGroups@2023-08-01' = {
#         name: 'westeurope/GROUP'
#         properties: {
#           partnerRegions: [{ location: 'northeurope' }]
#           managedInstancePairs: [{ primaryManagedInstanceId: instance.id, partnerManagedInstanceId: secondary.id }]
#           readWriteEndpoint: { failoverPolicy: 'Manual' }
#         }
#       }
package azure.sql_managed_instance.region_failure_objective_met

import data.lib.arm
import data.lib.resilience

default _redundancy := "Geo"

_redundancy := input.resource.properties.requestedBackupStorageRedundancy

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_partners contains partner if {
	some group in input.related.instance_failover_groups
	some partner in group.properties.partnerRegions
}

_elsewhere contains partner.location if {
	some partner in _partners
	arm.region(partner.location) != arm.region(input.resource.location)
}

_unplaced if {
	some group in input.related.instance_failover_groups
	not _placed(group)
}

_placed(group) if {
	count(group.properties.partnerRegions) > 0
	every partner in group.properties.partnerRegions {
		is_string(partner.location)
	}
}

_ways contains resilience.way("managed instance", "regional failover", data.parameters.failover_time_measured_minutes) if count(_elsewhere) > 0

_ways contains resilience.way("managed instance", "geo restore", data.parameters.geo_restore_time_measured_minutes) if {
	arm.one_of(_redundancy, ["Geo", "GeoZone"])
}

_redundancy_known if arm.one_of(_redundancy, ["Geo", "GeoZone", "Local", "Zone"])

not_applicable contains "the recovery objectives are not declared for the loss of a region" if data.parameters.objectives_hold_for_region == false

deny contains finding if {
	_redundancy_known
	not _unplaced
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("region", _ways, _rto, _rpo, "related.instance_failover_groups.*.properties.partnerRegions")
}

unknown contains reason if some reason in resilience.undecided("region", _ways, _rto, _rpo)

unknown contains sprintf("requestedBackupStorageRedundancy is %q, which this policy does not know", [_redundancy]) if not _redundancy_known

unknown contains "the failover group does not say in which region its partner is" if _unplaced
