# METADATA
# title: The standby of the MySQL server runs in another zone than the primary
# description: |
#   A standby protects against the loss of a zone only if it stands in another one. Azure chooses the zones unless the template names them,
#   and swaps them after a failover, so a template without zones gives unknown until the server exists. Zone numbers are those of the
#   subscription: zone 1 of another subscription may be another building.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-high-availability
#   - ref: https://learn.microsoft.com/azure/reliability/availability-zones-overview
# custom:
#   check: MY-ZR-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.highAvailability.mode
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no high availability"
#     - {path: resource.properties.availabilityZone, type: string}
#     - {path: resource.properties.highAvailability.standbyAvailabilityZone, type: string}
#   controls:
#     DORA-12-4: redundant capacity stands apart from the capacity that it replaces
#     DORA-11-5: shows that the redundancy does not share the one zone whose loss it is meant for
#     DORA-9-2: availability holds against the failure of a building and not of a machine alone
#     RTS-26-1-c: recovery by failover is possible when the zone of the server is the one that is lost
#     GDPR-32-1-b: the loss of one zone leaves a working copy of personal data in another
#   remediation:
#     az: |
#       az mysql flexible-server create --resource-group RG --name NEW_SERVER --location REGION --tier GeneralPurpose --sku-name Standard_D4ds_v4 \
#         --high-availability ZoneRedundant --zone 1 --standby-zone 2
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         sku_name = "GP_Standard_D4ds_v4"
#         zone     = "1"
#         high_availability {
#           mode                      = "ZoneRedundant"
#           standby_availability_zone = "2"
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: {
#           availabilityZone: '1'
#           highAvailability: { mode: 'ZoneRedundant', standbyAvailabilityZone: '2' }
#         }
#       }
package azure.mysql.standby_in_another_zone

import data.lib.arm

default _mode := "Disabled"

_mode := input.resource.properties.highAvailability.mode

_zone := input.resource.properties.availabilityZone

_standby_zone := input.resource.properties.highAvailability.standbyAvailabilityZone

not_applicable contains sprintf("high availability is %s: there is no zone-redundant standby to judge", [_mode]) if {
	arm.one_of(_mode, ["Disabled", "SameZone"])
}

deny contains finding if {
	arm.same(_mode, "ZoneRedundant")
	_zone != ""
	_zone == _standby_zone
	finding := {
		"message": sprintf("primary and standby both run in zone %s", [_zone]),
		"path": "resource.properties.highAvailability.standbyAvailabilityZone",
		"actual": _standby_zone,
		"expected": sprintf("another zone than %s", [_zone]),
	}
}

unknown contains sprintf("highAvailability.mode is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Disabled", "SameZone", "ZoneRedundant"])
}

unknown contains "the zone of the primary is empty" if _zone == ""

unknown contains "the zone of the standby is empty" if _standby_zone == ""
