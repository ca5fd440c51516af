# METADATA
# title: The MySQL single server has an administrator of Microsoft Entra ID
# description: |
#   Until an Entra administrator is set, nobody can sign in with an identity of the directory, and all access goes through passwords that
#   the server keeps. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server
# custom:
#   check: MYS-AUTH-001
#   severity: medium
#   resource: Microsoft.DBforMySQL/servers
#   reads:
#     - path: children.administrators.activeDirectory.properties.administratorType
#       type: string
#       absent: "none: nobody of the directory administers the server"
#   controls:
#     DORA-9-4-c: access to the data goes through the directory in which the firm administers rights
#     DORA-9-4-d: sign-in uses the firm's directory and its strong authentication in place of a secret kept by the server
#     RTS-21-c: administrators can act under names of their own instead of one shared login
#     RTS-20-1: makes it possible that each administrator is known by an identity of the directory
#   remediation:
#     terraform: |
#       resource "azurerm_mysql_active_directory_administrator" "example" {
#         server_name         = "SERVER"
#         resource_group_name = "RESOURCE_GROUP"
#         login               = "sg-payments-dba"
#         object_id           = var.administrators_group_id
#         tenant_id           = data.azurerm_client_config.current.tenant_id
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.mysql_single.entra_administrator_set

import data.lib.arm

default _kind := "none"

_kind := input.children.administrators.activeDirectory.properties.administratorType

deny contains finding if {
	arm.same(_kind, "none")
	finding := {
		"message": "the server has no administrator of Microsoft Entra ID",
		"path": "children.administrators.activeDirectory.properties.administratorType",
		"actual": _kind,
		"expected": "ActiveDirectory",
	}
}

unknown contains sprintf("administratorType is %q, which this policy does not know", [_kind]) if {
	not arm.one_of(_kind, ["ActiveDirectory", "none"])
}
