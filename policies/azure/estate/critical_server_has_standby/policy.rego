# METADATA
# title: A database server of a critical function has a standby in another zone
# description: |
#   Judges PostgreSQL and MySQL servers whose declared criticality marks a critical or important function. Without a standby in another
#   zone the server is a single point of failure: the zone takes it along, whatever else is redundant. Unlike
#   zone_redundant_standby_configured it cannot be switched off by zone_redundancy_required. A resource without a declared criticality
#   gives unknown (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-postgresql-flexible-server
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-high-availability
# custom:
#   check: HAO-SPOF-001
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.highAvailability.mode
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no high availability"
#     - {path: resource.properties.replicationRole, type: string}
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a database server of a critical function that is a single point of failure
#     DORA-11-5: a database server on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the database server has capacity left when one zone is gone
#   fix: {path: resource.properties.highAvailability.mode, value: ZoneRedundant}
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --zonal-resiliency Enabled
#       az mysql flexible-server update --resource-group RESOURCE_GROUP --name SERVER --high-availability ZoneRedundant
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
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
#           highAvailability: {
#             mode: 'ZoneRedundant'
#           }
#         }
#       }
#     note: |
#       Not offered on Burstable sizes.
package azure.estate.critical_server_has_standby

import data.lib.arm
import data.lib.replicas

default _mode := "Disabled"

_mode := input.resource.properties.highAvailability.mode

not_applicable contains "a read replica cannot have a standby" if replicas.replica(input.resource.properties.replicationRole)

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	arm.one_of(_mode, ["Disabled", "SameZone"])
	finding := {
		"message": sprintf("single zone: high availability is %s, and a critical function hangs on the server", [_mode]),
		"path": "resource.properties.highAvailability.mode",
		"actual": _mode,
		"expected": "ZoneRedundant",
	}
}

unknown contains sprintf("the high availability mode %q is not known", [_mode]) if {
	not arm.one_of(_mode, ["ZoneRedundant", "SameZone", "Disabled"])
}

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
