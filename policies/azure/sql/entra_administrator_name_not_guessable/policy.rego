# METADATA
# title: The Entra administrator of Azure SQL has no name that is guessed first
# description: |
#   An account or group that is called admin tells neither whom it stands for nor whom to ask, and it is the first that somebody tries.
#   Azure shows the name only when the administrators are asked for with the server; where none is shown there is nothing to judge
#   (entra_administrator_set).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-configure
# custom:
#   check: SQL-AUTH-004
#   severity: low
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: resource.properties.administrators.login
#       type: string
#       absent: "none: no Entra administrator is shown"
#   parameters:
#     administrator_names_refused: {type: list, default: [admin, administrator, azure_admin, azure_administrator, guest, root, sa, sqladmin, user], pattern: "^[a-z0-9_.@-]+$", meaning: names of administrators that are guessed first}
#   controls:
#     DORA-9-4-d: half of what an attacker needs to sign in as the administrator is not given away
#     RTS-21-c: a generic name says nothing of who acts under it
#   remediation:
#     az: |
#       az sql server ad-admin update --resource-group RESOURCE_GROUP --server SERVER --display-name sg-payments-dba --object-id GROUP_ID
#     terraform: |
#       resource "azurerm_mssql_server" "example" {
#         # ...
#         azuread_administrator {
#           login_username = "sg-payments-dba"
#           object_id      = var.administrators_group_id
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.Sql/servers@2023-08-01' = {
#         // ...
#         properties: {
#           administrators: {
#             administratorType: 'ActiveDirectory'
#             principalType: 'Group'
#             login: 'sg-payments-dba'
#             sid: administratorsGroupId
#             tenantId: tenant().tenantId
#           }
#         }
#       }
#     portal: SQL server > Settings > Microsoft Entra ID > Set admin
package azure.sql.entra_administrator_name_not_guessable

_name := input.resource.properties.administrators.login

_named if is_string(_name)

not_applicable contains "the server shows no Entra administrator" if not _named

deny contains finding if {
	lower(trim_space(_name)) in data.parameters.administrator_names_refused
	finding := {
		"message": sprintf("the administrator is called %q", [_name]),
		"path": "resource.properties.administrators.login",
		"actual": _name,
		"expected": "a name that is not guessed first",
	}
}

unknown contains "the administrator has no name" if trim_space(_name) == ""
