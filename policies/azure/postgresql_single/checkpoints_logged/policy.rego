# METADATA
# title: The PostgreSQL single server records its checkpoints
# description: |
#   Checkpoints tell when data was written out, and how long it took. Their lines explain slow answers and show storage that is failing
#   before it fails. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: LOG-PGS-003
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/servers/configurations
#   reads:
#     - {path: resource.properties.value, type: string}
#     - {path: resource.name, type: string}
#   controls:
#     DORA-10-1: performance problems of the storage are recognised from these lines
#     RTS-12-2-c: shows that events of ICT operations are recorded, one of the kinds that logging has to cover
#     GDPR-32-1-d: whether the data is written out reliably can be assessed afterwards
#   fix: {path: resource.properties.value, value: "on"}
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_configuration" "log_checkpoints" {
#         name                = "log_checkpoints"
#         resource_group_name = "RESOURCE_GROUP"
#         server_name         = "SERVER"
#         value               = "on"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforPostgreSQL/servers/configurations@2017-12-01' = {
#         parent: server
#         name: 'log_checkpoints'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.checkpoints_logged

import data.lib.arm

_value := input.resource.properties.value

not_applicable contains "the parameter is not log_checkpoints" if not arm.same(input.resource.name, "log_checkpoints")

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("log_checkpoints is %s", [_value]),
		"path": "resource.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("log_checkpoints is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
