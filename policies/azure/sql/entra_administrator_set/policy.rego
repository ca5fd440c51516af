# METADATA
# title: Azure SQL has an administrator of Microsoft Entra ID
# description: |
#   Until an Entra administrator is set, nobody can sign in with an identity of the directory, and all access to the server goes through SQL
#   logins with passwords. Whether SQL logins are still accepted beside it is another policy's question (entra_only_authentication).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-configure
# custom:
#   check: SQL-AUTH-002
#   severity: medium
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: children.administrators.ActiveDirectory.properties.administratorType
#       type: string
#       absent: "none, unless the server itself names one"
#     - path: resource.properties.administrators.administratorType
#       type: string
#       absent: "none, unless the child resource names one"
#   controls:
#     DORA-9-4-c: access to the data goes through the directory in which the firm administers rights
#     DORA-9-4-d: sign-in uses the firm's directory and its strong authentication in place of a secret kept by the server
#     RTS-20-1: makes it possible that each administrator is known by an identity of the directory
#     RTS-21-c: administrators can act under names of their own instead of one shared login
#   remediation:
#     az: az sql server ad-admin create --resource-group RESOURCE_GROUP --server SERVER --display-name GROUP --object-id GROUP_ID
#     terraform: |
#       resource "azurerm_mssql_server" "example" {
#         # ...
#         azuread_administrator {
#           login_username = "sg-payments-dba"
#           object_id      = var.administrators_group_id
#         }
#       }
#     bicep: |
#       resource administrator 'Microsoft.Sql/servers/administrators@2023-08-01' = {
#         parent: server
#         name: 'ActiveDirectory'
#         properties: {
#           administratorType: 'ActiveDirectory'
#           login: 'sg-payments-dba'
#           sid: administratorsGroupId
#           tenantId: tenant().tenantId
#         }
#       }
#     portal: SQL server > Settings > Microsoft Entra ID > Set admin
package azure.sql.entra_administrator_set

import data.lib.arm

# Azure states the administrator in a child resource, code often on the server itself.
_kinds contains input.children.administrators.ActiveDirectory.properties.administratorType

_kinds contains input.resource.properties.administrators.administratorType

deny contains finding if {
	count(_kinds) == 0
	finding := {
		"message": "the server has no administrator of Microsoft Entra ID",
		"path": "resource.properties.administrators.administratorType",
		"actual": "none",
		"expected": "ActiveDirectory",
	}
}

unknown contains sprintf("administratorType is %q, which this policy does not know", [kind]) if {
	some kind in _kinds
	not arm.same(kind, "ActiveDirectory")
}
