# METADATA
# title: The standby of the PostgreSQL server runs in another zone than the primary
# description: |
#   The mode promises two zones; the zones themselves show it. With primary and standby in one zone, its failure takes both, whatever the
#   mode says. A failover swaps the two zones, which is fine. Code that leaves a zone to Azure gives unknown, the live server shows it. Zone
#   numbers are logical: compare them within one subscription only.
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
#     - {path: resource.properties.highAvailability.standbyAvailabilityZone, type: string}
#     - {path: resource.properties.availabilityZone, type: string}
#   controls:
#     DORA-12-4: shows that the spare server does not share the zone, and so the fate, of the primary
#     DORA-11-5: shows that the redundant pair is placed as the design for critical components intends
#     DORA-9-2: the loss of one zone leaves one of the two servers running
#     RTS-26-1-c: a failover can meet the recovery objective only if the standby outlives the zone
#     GDPR-32-1-b: the availability of the data does not hang on one zone
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --zonal-resiliency Disabled
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --zonal-resiliency Enabled --standby-zone 2
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
#     note: The standby is built anew in the other zone; until it is healthy there is none.
package azure.postgresql.standby_in_another_zone

import data.lib.arm

default mode := "Disabled"

mode := input.resource.properties.highAvailability.mode

primary_zone := input.resource.properties.availabilityZone

standby_zone := input.resource.properties.highAvailability.standbyAvailabilityZone

not_applicable contains sprintf("high availability is %s: there is no zone-redundant standby to judge", [mode]) if {
	arm.one_of(mode, ["Disabled", "SameZone"])
}

deny contains finding if {
	primary_zone != ""
	standby_zone == primary_zone
	finding := {
		"message": sprintf("primary and standby both run in zone %s", [standby_zone]),
		"path": "resource.properties.highAvailability.standbyAvailabilityZone",
		"actual": standby_zone,
		"expected": sprintf("another zone than %s", [primary_zone]),
	}
}

unknown contains sprintf("the high availability mode %q is not known", [mode]) if {
	not arm.one_of(mode, ["ZoneRedundant", "SameZone", "Disabled"])
}

unknown contains "the zone of the primary is empty" if primary_zone == ""

unknown contains "the zone of the standby is empty" if standby_zone == ""
