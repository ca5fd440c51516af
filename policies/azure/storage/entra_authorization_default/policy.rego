# METADATA
# title: The portal reaches data of the storage account under the identity of its user
# description: |
#   In the portal a user who may list the keys is given all data by way of the key, whatever roles on data he holds, and the log names the
#   key and not him. With this default his own identity is used; he can still switch back while keys are accepted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/authorize-data-operations-portal
# custom:
#   check: STO-AUTH-008
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.defaultToOAuthAuthentication
#       type: boolean
#       absent: "off: the portal takes the key of the account unless told otherwise"
#   controls:
#     RTS-20-1: people who look at data in the portal do so under their own identity
#     RTS-21-c: what they did can be traced to them
#     RTS-21-a: they see what their roles on data give them
#   fix: {path: resource.properties.defaultToOAuthAuthentication, value: true}
#   remediation:
#     az: az resource update --ids ACCOUNT_ID --set properties.defaultToOAuthAuthentication=true
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         default_to_oauth_authentication = true
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           defaultToOAuthAuthentication: true
#         }
#       }
#     portal: Storage account > Settings > Configuration > Default to Microsoft Entra authorization in the Azure portal
package azure.storage.entra_authorization_default

default _default_to_oauth_authentication := false

_default_to_oauth_authentication := input.resource.properties.defaultToOAuthAuthentication

deny contains finding if {
	_default_to_oauth_authentication == false
	finding := {
		"message": "the portal reaches data with the key of the account",
		"path": "resource.properties.defaultToOAuthAuthentication",
		"actual": false,
		"expected": true,
	}
}
