# METADATA
# title: The SQL managed instance is in a failover group with an instance in another region
# description: |
#   A failover group keeps all databases of the instance on another instance in another region, and gives clients one name that follows
#   the writer. Without it the loss of the region means restores of geo-redundant backups onto an instance that has to be built first.
#   Code does not say where the partner is, so it gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/failover-group-sql-mi
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-sql-managed-instance
# custom:
#   check: SQLMI-GEO-001
#   severity: high
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - {path: related.instance_failover_groups.*.properties.partnerRegions, type: array}
#     - {path: resource.location, type: string}
#   parameters:
#     regional_copy_required: {type: boolean, default: true, meaning: whether a database must have a copy in another region that can take over}
#   controls:
#     DORA-12-4: the partner instance is the spare capacity of the instance that does not share the fate of its region
#     DORA-11-5: shows whether a instance for which the impact analysis asks a second region has one that can take over
#     RTS-26-2: gives the plan for the loss of a site or region a instance to switch to
#     RTS-24-1-b-ii-2: objectives of minutes for the loss of a region can be met only from a copy of the instance that is already there
#     GDPR-32-1-c: access to personal data in the instance can come back while its first region is down
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
#     note: |
#       The partner has to be empty, in a connected network, and share the DNS zone of the instance: that is chosen when it is
#       created.
package azure.sql_managed_instance.failover_group_in_another_region

import data.lib.arm

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

not_applicable contains "a copy in another region is not required of this instance" if data.parameters.regional_copy_required == false

deny contains finding if {
	count(_elsewhere) == 0
	not _unplaced
	finding := {
		"message": sprintf("single region: the instance in %s is in %d failover groups, and none leads to another region", [input.resource.location, count(input.related.instance_failover_groups)]),
		"path": "related.instance_failover_groups.*.properties.partnerRegions",
		"actual": count(input.related.instance_failover_groups),
		"expected": "a failover group with a partner in another region",
	}
}

unknown contains "the failover group does not say in which region its partner is" if _unplaced
