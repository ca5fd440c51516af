# METADATA
# title: PostgreSQL records its checkpoints
# description: |
#   Checkpoints tell when data was written out, and how long it took. Their lines explain slow answers and show storage that is failing
#   before it fails. Changes take effect without a restart. A template that does not set the parameter gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/monitor/concepts-logging
# custom:
#   check: LOG-PG-004
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.configurations.log_checkpoints.properties.value, type: string}
#   controls:
#     DORA-10-1: performance problems of the storage are recognised from these lines
#     RTS-12-2-c: shows that events of ICT operations are recorded, one of the kinds that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of operations find this part of it switched on
#     GDPR-32-1-d: whether the data is written out reliably can be assessed afterwards
#   fix: {path: children.configurations.log_checkpoints.properties.value, value: "on"}
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name log_checkpoints --value on
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "log_checkpoints" {
#         name      = "log_checkpoints"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "on"
#       }
#     bicep: |
#       resource logCheckpoints 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'log_checkpoints'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > log_checkpoints > on > Save
package azure.postgresql.checkpoints_logged

import data.lib.arm

_value := input.children.configurations.log_checkpoints.properties.value

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("log_checkpoints is %s", [_value]),
		"path": "children.configurations.log_checkpoints.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("log_checkpoints is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
