# METADATA
# title: The MySQL single server records who does what
# description: |
#   With audit_log_enabled off nobody can say afterwards who signed in and what was changed. Azure has retired the platform
#   (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server
# custom:
#   check: LOG-MYS-001
#   severity: medium
#   resource: Microsoft.DBforMySQL/servers/configurations
#   reads:
#     - {path: resource.properties.value, type: string}
#     - {path: resource.name, type: string}
#   controls:
#     DORA-10-1: sign-ins and statements are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that sign-ins and statements are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of sign-ins and statements find it switched on
#     GDPR-32-1-d: without sign-ins and statements on record nobody can assess whether the measures work
#   fix: {path: resource.properties.value, value: "ON"}
#   remediation:
#     terraform: |
#       resource "azurerm_mysql_configuration" "audit_log_enabled" {
#         name                = "audit_log_enabled"
#         resource_group_name = "RESOURCE_GROUP"
#         server_name         = "SERVER"
#         value               = "ON"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforMySQL/servers/configurations@2017-12-01' = {
#         parent: server
#         name: 'audit_log_enabled'
#         properties: {
#           value: 'ON'
#           source: 'user-override'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.mysql_single.audit_log_enabled

import data.lib.arm

_value := input.resource.properties.value

not_applicable contains "the parameter is not audit_log_enabled" if not arm.same(input.resource.name, "audit_log_enabled")

deny contains finding if {
	arm.same(_value, "OFF")
	finding := {
		"message": sprintf("audit_log_enabled is %s", [_value]),
		"path": "resource.properties.value",
		"actual": _value,
		"expected": "ON",
	}
}

unknown contains sprintf("audit_log_enabled is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["ON", "OFF"])
}
