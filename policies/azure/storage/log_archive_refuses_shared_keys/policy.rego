# METADATA
# title: A storage account that receives logs refuses its own keys
# description: |
#   An account key opens every archived log and names nobody: whoever holds it reads the record of what others did, and deletes what no policy
#   holds. The policy judges accounts that diagnostic settings write to. Where the snapshot does not hold all settings, it can say that the
#   keys work, and no more.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent
# custom:
#   check: LOG-IMM-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - related.log_sources.*
#     - path: resource.properties.allowSharedKeyAccess
#       type: boolean
#       absent: "allowed: Azure leaves the property out until it is set, and accepts the keys"
#   controls:
#     RTS-12-2-d: shows whether archived logs can be reached by a key that the directory does not see
#     RTS-23-3: recordings of anomalies are opened by identities only, which can be told apart
#     RTS-22-d: evidence of incidents cannot be taken out of the archive, or removed from it, without a name
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --allow-shared-key-access false
#     terraform: |
#       resource "azurerm_storage_account" "logs" {
#         # ...
#         shared_access_key_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           allowSharedKeyAccess: false
#         }
#       }
#     portal: Storage account > Settings > Configuration > Allow storage account key access > Disabled > Save
#     note: Check afterwards that new logs still arrive.
package azure.storage.log_archive_refuses_shared_keys

default _shared := true

_shared := input.resource.properties.allowSharedKeyAccess

not_applicable contains "no diagnostic setting writes to the account" if count(input.related.log_sources) == 0

deny contains finding if {
	_shared
	count(input.related.log_sources) > 0
	finding := {
		"message": sprintf("%d diagnostic settings write to the account, and its keys open it", [count(input.related.log_sources)]),
		"path": "resource.properties.allowSharedKeyAccess",
		"actual": _shared,
		"expected": false,
	}
}
