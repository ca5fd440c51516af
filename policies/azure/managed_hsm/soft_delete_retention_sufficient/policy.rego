# METADATA
# title: The HSM pool keeps deleted keys long enough
# description: |
#   When the retention of a deleted key or pool has ended, nobody can bring it back, nor the data encrypted with it. A short retention
#   leaves little time to notice the deletion.
#   The retention is fixed when the pool is created: a finding means a new pool, to which keys and their users move.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/soft-delete-overview
# custom:
#   check: KV-PRO-001
#   severity: medium
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - {path: resource.properties.softDeleteRetentionInDays, type: integer}
#   parameters:
#     soft_delete_retention_days_min: {type: integer, default: 90, min: 7, max: 90, meaning: fewest days that a deleted vault or key stays recoverable}
#   controls:
#     RTS-7-2: sets how many days remain to undo the loss of a key or of the whole pool
#     RTS-7-1: fixes the time between deletion and destruction in the lifecycle of the keys of the pool
#     DORA-9-3-b: a deletion in the pool that is noticed late can still be undone before data is lost
#     GDPR-32-1-c: bounds the time within which access to data under a deleted key of the pool can be restored
#   remediation:
#     az: az keyvault create --hsm-name NEW_POOL --resource-group RESOURCE_GROUP --location REGION --administrators OBJECT_ID --retention-days 90 --enable-purge-protection true
#     terraform: |
#       resource "azurerm_key_vault_managed_hardware_security_module" "example" {
#         # ...
#         soft_delete_retention_days = 90
#       }
#     bicep: |
#       resource pool 'Microsoft.KeyVault/managedHSMs@2023-07-01' = {
#         // ...
#         properties: {
#           softDeleteRetentionInDays: 90
#         }
#       }
#     note: The value of an existing pool cannot be changed; create a pool, restore the keys into it and point the encryption of each resource at them.
package azure.managed_hsm.soft_delete_retention_sufficient

_days := input.resource.properties.softDeleteRetentionInDays

deny contains finding if {
	_days < data.parameters.soft_delete_retention_days_min
	finding := {
		"message": sprintf("what is deleted stays recoverable for %d days", [_days]),
		"path": "resource.properties.softDeleteRetentionInDays",
		"actual": _days,
		"expected": sprintf("at least %d days", [data.parameters.soft_delete_retention_days_min]),
	}
}
