# METADATA
# title: The account replicates to no other tenant
# description: |
#   Object replication copies blobs to another account in the background. Allowed across tenants, whoever may write the policy can send a
#   steady stream of copies to an organisation that the firm does not know. Accounts made before 15 December 2023 that never set the
#   property allow it. It cannot be switched off while such a policy exists.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/object-replication-prevent-cross-tenant-policies
# custom:
#   check: RES-TRF-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.allowCrossTenantReplication
#       type: boolean
#       absent: "allowed: accounts from before December 2023 leave the property out until it is set"
#   controls:
#     GDPR-44: replication to an account outside the firm's own tenant, which may stand in a third country, cannot be set up
#     RTS-11-2-i: closes a quiet way for whole containers to leave the firm
#     RTS-14-1-b: a transfer to an outside party needs another, visible way
#   fix: {path: resource.properties.allowCrossTenantReplication, value: false}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --allow-cross-tenant-replication false
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         cross_tenant_replication_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           allowCrossTenantReplication: false
#         }
#       }
#     portal: Storage account > Data management > Object replication > Advanced settings > Allow cross-tenant replication > off
package azure.storage.cross_tenant_replication_disabled

default _cross := true

_cross := input.resource.properties.allowCrossTenantReplication

deny contains finding if {
	_cross
	finding := {
		"message": "blobs may be replicated to an account of another tenant",
		"path": "resource.properties.allowCrossTenantReplication",
		"actual": _cross,
		"expected": false,
	}
}
