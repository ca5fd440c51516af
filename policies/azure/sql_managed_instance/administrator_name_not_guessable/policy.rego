# METADATA
# title: The administrator of the SQL managed instance has no name that is guessed first
# description: |
#   Attempts to guess passwords begin with a short list of names. An instance whose administrator is called admin or sa leaves only the
#   password to be found. The name is fixed when the instance is created; a new one needs a new instance, or Entra-only authentication,
#   which takes the login out of use.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/logins-create-manage
# custom:
#   check: SQLMI-AUTH-003
#   severity: low
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - {path: resource.properties.administratorLogin, type: string}
#   parameters:
#     administrator_names_refused: {type: list, default: [admin, administrator, azure_admin, azure_administrator, guest, root, sa, sqladmin, user], pattern: "^[a-z0-9_.@-]+$", meaning: names of administrators that are guessed first}
#   controls:
#     DORA-9-4-d: half of what an attacker needs to sign in as the administrator is not given away
#     RTS-21-c: a generic name says nothing of who acts under it
#   remediation:
#     terraform: |
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         administrator_login = "paymentsdbo"
#       }
#     bicep: |
#       resource instance 'Microsoft.Sql/managedInstances@2023-08-01' = {
#         // ...
#         properties: {
#           administratorLogin: 'paymentsdbo'
#         }
#       }
#     note: The login cannot be renamed. Turn on Entra-only authentication, or move the databases to a new instance.
package azure.sql_managed_instance.administrator_name_not_guessable

_name := input.resource.properties.administratorLogin

deny contains finding if {
	lower(trim_space(_name)) in data.parameters.administrator_names_refused
	finding := {
		"message": sprintf("the administrator is called %q", [_name]),
		"path": "resource.properties.administratorLogin",
		"actual": _name,
		"expected": "a name that is not guessed first",
	}
}

unknown contains "the administrator has no name" if trim_space(_name) == ""
