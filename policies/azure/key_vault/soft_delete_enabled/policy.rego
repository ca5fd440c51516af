# METADATA
# title: The vault keeps deleted keys recoverable
# description: |
#   Without soft delete, deleting a vault or a key is final: data encrypted with the key is lost with it.
#   Azure has switched soft delete on for every new vault and does not let it be switched off; only a vault from before that can be
#   without it. Such a vault shows false or leaves the property out, so where the property is not there the answer is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
# custom:
#   check: KV-PRO-001
#   severity: critical
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - {path: resource.properties.enableSoftDelete, type: boolean}
#   controls:
#     RTS-7-2: a deleted key can be recovered, the first condition of protecting keys against loss
#     RTS-7-1: separates deletion from destruction in the key lifecycle
#     DORA-9-3-b: deleting a key by mistake no longer loses the data encrypted with it
#     GDPR-32-1-c: a key deleted in an incident can be recovered, without which encrypted data cannot be opened again
#   remediation:
#     az: az resource update --ids VAULT_ID --set properties.enableSoftDelete=true
#     terraform: |
#       # azurerm has no argument for it: every vault it creates has soft delete
#       resource "azurerm_key_vault" "example" {
#         # ...
#         soft_delete_retention_days = 90
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
#         // ...
#         properties: {
#           enableSoftDelete: true
#         }
#       }
package azure.key_vault.soft_delete_enabled

deny contains finding if {
	input.resource.properties.enableSoftDelete == false
	finding := {
		"message": "soft delete is off",
		"path": "resource.properties.enableSoftDelete",
		"actual": false,
		"expected": true,
	}
}
