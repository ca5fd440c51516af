# METADATA
# title: The PostgreSQL server has a standby for the loss of a zone
# description: |
#   Without a standby in another availability zone, the failure of one zone stops the database until it is restored or the zone returns. A
#   standby in the same zone helps against a broken machine only. Not offered on Burstable sizes, nor in regions without zones: there the
#   finding stands until the size or region changes, or the parameter says that zone redundancy is not needed. It roughly doubles the cost.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-postgresql-flexible-server
# custom:
#   check: PG-ZR-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.highAvailability.mode
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no high availability"
#     - {path: resource.properties.replicationRole, type: string}
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: the standby is the spare capacity that takes over when a zone is lost
#     DORA-11-5: shows whether a server for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the database available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan a failover inside the region instead of a restore
#     GDPR-32-1-b: adds resilience to the processing of the personal data held here
#   fix: {path: resource.properties.highAvailability.mode, value: ZoneRedundant}
#   remediation:
#     az: az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --zonal-resiliency Enabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "this" {
#         # ...
#         zone = "1"
#         high_availability {
#           mode                      = "ZoneRedundant"
#           standby_availability_zone = "2"
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           availabilityZone: '1'
#           highAvailability: {
#             mode: 'ZoneRedundant'
#             standbyAvailabilityZone: '2'
#           }
#         }
#       }
#     note: From SameZone, switch high availability off first, then on again. Older versions of az call the option --high-availability ZoneRedundant.
package azure.postgresql.zone_redundant_standby_configured

import data.lib.arm
import data.lib.replicas

default mode := "Disabled"

mode := input.resource.properties.highAvailability.mode

not_applicable contains "zone redundancy is not required of this server" if data.parameters.zone_redundancy_required == false

not_applicable contains "a read replica cannot have a standby" if replicas.replica(input.resource.properties.replicationRole)

deny contains finding if {
	arm.one_of(mode, ["Disabled", "SameZone"])
	finding := {
		"message": sprintf("high availability is %s, so no standby survives the loss of the zone", [mode]),
		"path": "resource.properties.highAvailability.mode",
		"actual": mode,
		"expected": "ZoneRedundant",
	}
}

unknown contains sprintf("the high availability mode %q is not known", [mode]) if {
	not arm.one_of(mode, ["ZoneRedundant", "SameZone", "Disabled"])
}

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
