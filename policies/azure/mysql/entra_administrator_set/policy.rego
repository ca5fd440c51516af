# METADATA
# title: MySQL has an administrator of Microsoft Entra ID
# description: |
#   Until an Entra administrator is set, nobody can sign in with an identity of the directory, and all access goes through passwords that
#   the server keeps. Whether passwords are still accepted beside it is another policy's question (entra_only_authentication).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-azure-ad-authentication
# custom:
#   check: MY-AUTH-002
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.administrators.*}
#   controls:
#     DORA-9-4-c: access to the data goes through the directory in which the firm administers rights
#     DORA-9-4-d: sign-in uses the firm's directory and its strong authentication in place of a secret kept by the server
#     RTS-21-c: administrators can act under names of their own instead of one shared login
#     RTS-20-1: makes it possible that each administrator is known by an identity of the directory
#   remediation:
#     az: |
#       az mysql flexible-server ad-admin create --resource-group RESOURCE_GROUP --server-name SERVER --display-name GROUP --object-id GROUP_ID --identity IDENTITY
#     terraform: |
#       resource "azurerm_mysql_flexible_server_active_directory_administrator" "example" {
#         server_id   = azurerm_mysql_flexible_server.example.id
#         identity_id = azurerm_user_assigned_identity.example.id
#         login       = "sg-payments-dba"
#         object_id   = var.administrators_group_id
#         tenant_id   = data.azurerm_client_config.current.tenant_id
#       }
#     bicep: |
#       resource administrator 'Microsoft.DBforMySQL/flexibleServers/administrators@2023-12-30' = {
#         parent: server
#         name: 'ActiveDirectory'
#         properties: {
#           administratorType: 'ActiveDirectory'
#           identityResourceId: identity.id
#           login: 'sg-payments-dba'
#           sid: administratorsGroupId
#           tenantId: tenant().tenantId
#         }
#       }
#     portal: Server > Security > Authentication > Set admin
package azure.mysql.entra_administrator_set

deny contains finding if {
	count(input.children.administrators) == 0
	finding := {
		"message": "the server has no administrator of Microsoft Entra ID",
		"path": "children.administrators.*",
		"actual": "none",
		"expected": "an administrator of the directory",
	}
}
