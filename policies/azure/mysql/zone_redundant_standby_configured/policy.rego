# METADATA
# title: The MySQL server has a standby for the loss of a zone
# description: |
#   Without a standby, or with one in the same zone, the loss of a zone stops the database until it is restored elsewhere. A zone-redundant
#   standby holds the same data and takes over by itself. It is chosen when the server is created: a server without one is rebuilt and its
#   data moved. It needs a region with zones and a tier above Burstable. A replica cannot have a standby and is not judged; the server that
#   it copies is.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-high-availability
# custom:
#   check: MY-ZR-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.highAvailability.mode
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no high availability"
#     - {path: resource.properties.replicationRole, type: string}
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: the standby is redundant capacity of the same size, in another zone
#     DORA-11-5: shows whether a database that the firm holds for critical has the redundancy its impact analysis asks for
#     DORA-9-2: availability is built into the server and does not wait for a restore
#     RTS-26-1-c: a takeover within minutes makes recovery objectives reachable that a restore cannot meet; the objectives themselves are not seen here
#     GDPR-32-1-b: personal data stays available when one zone fails
#   fix: {path: resource.properties.highAvailability.mode, value: ZoneRedundant}
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
#     note: |
#       Move the data with mysqldump, mydumper or data-in replication, then point the applications to the new server. azurerm replaces the
#       server when the mode changes.
package azure.mysql.zone_redundant_standby_configured

import data.lib.arm
import data.lib.replicas

default _mode := "Disabled"

_mode := input.resource.properties.highAvailability.mode

_role := input.resource.properties.replicationRole

not_applicable contains "zone redundancy is not required of this server" if data.parameters.zone_redundancy_required == false

not_applicable contains "a read replica cannot have a standby" if replicas.replica(_role)

deny contains finding if {
	arm.one_of(_mode, ["Disabled", "SameZone"])
	finding := {
		"message": sprintf("high availability is %s, so no standby survives the loss of the zone", [_mode]),
		"path": "resource.properties.highAvailability.mode",
		"actual": _mode,
		"expected": "ZoneRedundant",
	}
}

unknown contains sprintf("highAvailability.mode is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Disabled", "SameZone", "ZoneRedundant"])
}

unknown contains sprintf("replicationRole is %q, which this policy does not know", [_role]) if {
	not replicas.known(_role)
}
