# METADATA
# title: Copies into the account come from known accounts only
# description: |
#   Without a copy scope, the account accepts copy operations from any other account in any tenant. AAD limits them to accounts of the
#   same tenant, PrivateLink to accounts with a private endpoint in the same virtual network. It limits copies into this account, not out
#   of it: set it on the accounts that people could copy to.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/security-restrict-copy-operations
# custom:
#   check: RES-TRF-001
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.allowedCopyScope
#       type: string
#       absent: "All: without a scope, copies may come from any account"
#   controls:
#     GDPR-44: copies that cross the border of the tenant, and with it possibly of the Union, are refused on the receiving side
#     RTS-11-2-i: keeps this account from being used as a bridge for data between tenants
#     RTS-14-1-b: copy operations stay among accounts that the firm administers
#   fix: {path: resource.properties.allowedCopyScope, value: AAD}
#   remediation:
#     az: az resource update --ids ACCOUNT_ID --set properties.allowedCopyScope=AAD
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         allowed_copy_scope = "AAD"
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           allowedCopyScope: 'AAD'
#         }
#       }
#     portal: Storage account > Settings > Configuration > Permitted scope for copy operations
package azure.storage.copy_scope_restricted

import data.lib.arm

default _scope := "All"

_scope := input.resource.properties.allowedCopyScope

deny contains finding if {
	arm.same(_scope, "All")
	finding := {
		"message": "data may be copied into the account from any account",
		"path": "resource.properties.allowedCopyScope",
		"actual": _scope,
		"expected": ["AAD", "PrivateLink"],
	}
}

unknown contains sprintf("allowedCopyScope is %q, which this policy does not know", [_scope]) if {
	not arm.one_of(_scope, ["AAD", "PrivateLink", "All"])
}
