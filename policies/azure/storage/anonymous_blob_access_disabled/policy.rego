# METADATA
# title: No container of the account can be opened to everybody
# description: |
#   While the account allows it, whoever may edit a container can publish everything in it with one setting, and nobody needs a credential
#   to read it. Switched off, the setting of the account overrules that of every container. Azure leaves the property out of old accounts
#   that never set it, and allows anonymous access there.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent
# custom:
#   check: ST-NET-001
#   severity: critical
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.allowBlobPublicAccess
#       type: boolean
#       absent: "allowed: accounts from before the default changed leave the property out until it is set"
#   controls:
#     DORA-9-3-c: no single mistake on a container can publish what is in it
#     DORA-9-4-b: takes anonymous readers out of the reach of every container in the account at once
#     RTS-11-2-i: closes a well-known way for data to leak, containers that were opened by mistake
#     RTS-13-1-d: a request without any identity is an unauthorised connection, and the account refuses it
#     RTS-13-1-g: nothing in the account is served to the internet without a credential
#     GDPR-25-2: personal data in blobs cannot become accessible to an indefinite number of people without an act on the account itself
#     GDPR-32-1-b: confidentiality of personal data in blobs does not hang on the setting of each container
#   fix: {path: resource.properties.allowBlobPublicAccess, value: false}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --allow-blob-public-access false
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         allow_nested_items_to_be_public = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           allowBlobPublicAccess: false
#         }
#       }
#     portal: Storage account > Settings > Configuration > Allow Blob anonymous access > Disabled > Save
package azure.storage.anonymous_blob_access_disabled

default _anonymous := true

_anonymous := input.resource.properties.allowBlobPublicAccess

deny contains finding if {
	_anonymous
	finding := {
		"message": "containers of the account may be opened to everybody",
		"path": "resource.properties.allowBlobPublicAccess",
		"actual": _anonymous,
		"expected": false,
	}
}
