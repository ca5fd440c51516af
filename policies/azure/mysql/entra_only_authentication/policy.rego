# METADATA
# title: MySQL accepts only accounts of Microsoft Entra ID
# description: |
#   A local MySQL account has a password of its own: it is shared easily, it escapes multi-factor authentication and conditional access, and
#   it outlives the person. With aad_auth_only on, the server accepts Entra accounts alone, and the local administrator can no longer sign
#   in. Whether each Entra account is still needed is a question for the access review. A template that does not set the parameter gives no
#   verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/how-to-azure-ad
# custom:
#   check: MY-AUTH-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.configurations.aad_auth_only.properties.value, type: string}
#   controls:
#     DORA-9-4-c: logical access to the data goes through the directory in which the firm administers rights
#     DORA-9-4-d: sign-in uses the firm's directory and its strong authentication in place of a password kept by the database
#     RTS-20-1: each person and system has an identity of the directory, and no account exists in the database alone
#     RTS-21-c: without local accounts there is no shared password of the database administrator
#     RTS-21-f-ii: only accounts of the directory can be put under multi-factor authentication and conditional access; whether they are is not seen here
#     GDPR-32-1-b: access to personal data ends when the account in the directory ends
#   fix: {path: children.configurations.aad_auth_only.properties.value, value: "ON"}
#   remediation:
#     az: |
#       az mysql flexible-server ad-admin create --resource-group RG --server-name SERVER --display-name GROUP --object-id GROUP_ID \
#         --identity IDENTITY
#       az mysql flexible-server parameter set --resource-group RG --server-name SERVER --name aad_auth_only --value ON
#     terraform: |
#       resource "azurerm_mysql_flexible_server_active_directory_administrator" "example" {
#         server_id   = azurerm_mysql_flexible_server.example.id
#         identity_id = azurerm_user_assigned_identity.example.id
#         login       = "grp-dba-payments"
#         object_id   = var.administrators_group_id
#         tenant_id   = data.azurerm_client_config.current.tenant_id
#       }
#       resource "azurerm_mysql_flexible_server_configuration" "aad_auth_only" {
#         name                = "aad_auth_only"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         value               = "ON"
#         depends_on          = [azurerm_mysql_flexible_server_active_directory_administrator.example]
#       }
#     bicep: |
#       resource entraOnly 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {
#         parent: server
#         name: 'aad_auth_only'
#         properties: { value: 'ON', source: 'user-override' }
#         dependsOn: [ administrator ]
#       }
#     portal: Server > Security > Authentication > Microsoft Entra authentication only
#     note: |
#       Move applications to Entra accounts first: sessions with a MySQL password are refused from then on.
package azure.mysql.entra_only_authentication

import data.lib.arm

_value := input.children.configurations.aad_auth_only.properties.value

deny contains finding if {
	arm.same(_value, "OFF")
	finding := {
		"message": sprintf("aad_auth_only is %q: accounts with a MySQL password may sign in", [_value]),
		"path": "children.configurations.aad_auth_only.properties.value",
		"actual": _value,
		"expected": "ON",
	}
}

unknown contains sprintf("aad_auth_only is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["ON", "OFF"])
}
