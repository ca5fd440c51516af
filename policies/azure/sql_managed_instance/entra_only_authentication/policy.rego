# METADATA
# title: The SQL managed instance accepts only identities of Microsoft Entra ID
# description: |
#   A SQL login has a password of its own: it is shared easily, it escapes multi-factor authentication and conditional access, and it
#   outlives the person. With Entra-only authentication the instance refuses every SQL login, that of its administrator among them. Azure
#   states the setting in a child resource and shows the same on the instance; code may write either, and one that says so is enough.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-only-authentication
# custom:
#   check: SQLMI-AUTH-001
#   severity: high
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - path: children.azureADOnlyAuthentications.Default.properties.azureADOnlyAuthentication
#       type: boolean
#       absent: "as the instance itself says"
#     - path: resource.properties.administrators.azureADOnlyAuthentication
#       type: boolean
#       absent: "off: SQL logins are accepted unless the setting says otherwise"
#   controls:
#     DORA-9-4-c: access to the data goes through the directory in which the firm administers rights
#     DORA-9-4-d: sign-in uses the firm's directory and its strong authentication in place of a secret kept by the instance
#     RTS-20-1: each person and system has an identity of the directory, and no account exists in the instance alone
#     RTS-21-c: ends the use of a shared secret, whose holder cannot be told from any other
#     RTS-21-f-ii: only identities of the directory can be put under multi-factor authentication and conditional access; whether they are is not seen here
#     GDPR-32-1-b: access to personal data ends when the account in the directory ends
#   remediation:
#     az: az sql mi ad-only-auth enable --resource-group RESOURCE_GROUP --name INSTANCE
#     terraform: |
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         azure_active_directory_administrator {
#           login_username                      = "sg-payments-dba"
#           object_id                           = var.administrators_group_id
#           principal_type                      = "Group"
#           azuread_authentication_only_enabled = true
#         }
#       }
#     bicep: |
#       resource entraOnly 'Microsoft.Sql/managedInstances/azureADOnlyAuthentications@2023-08-01' = {
#         parent: instance
#         name: 'Default'
#         properties: {
#           azureADOnlyAuthentication: true
#         }
#       }
#     portal: Managed instance > Settings > Microsoft Entra ID > Support only Microsoft Entra authentication
#     note: Needs an Entra administrator, and for the instance the role Directory Readers.
package azure.sql_managed_instance.entra_only_authentication

_setting := input.children.azureADOnlyAuthentications.Default.properties.azureADOnlyAuthentication

_setting_shown if is_boolean(_setting)

default _shown := false

_shown := input.resource.properties.administrators.azureADOnlyAuthentication

deny contains finding if {
	_setting == false
	_shown == false
	finding := {
		"message": "the instance accepts SQL logins with a password",
		"path": "children.azureADOnlyAuthentications.Default.properties.azureADOnlyAuthentication",
		"actual": false,
		"expected": true,
	}
}

# Code may state it on the instance and leave the child resource out.
deny contains finding if {
	not _setting_shown
	_shown == false
	finding := {
		"message": "the instance accepts SQL logins with a password",
		"path": "resource.properties.administrators.azureADOnlyAuthentication",
		"actual": false,
		"expected": true,
	}
}
