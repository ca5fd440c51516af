# METADATA
# title: Access to the vault is granted by Azure roles
# description: |
#   With access policies, whoever may write the vault can give himself its keys, and no grant shows in the role assignments that are
#   reviewed and activated for a time only.
#   Switching to roles ignores all access policies at once: give the roles first. Name the property in code, for what is meant without
#   it depends on the api-version.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/rbac-guide
#   - ref: https://learn.microsoft.com/azure/key-vault/general/rbac-migration
# custom:
#   check: KV-RBAC-001
#   severity: high
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - path: resource.properties.enableRbacAuthorization
#       type: boolean
#       absent: "false: access policies decide"
#   controls:
#     RTS-7-2: access to keys follows role assignments, so the right to write the vault is no longer the right to use its keys
#     RTS-21-a: roles can be narrow and given on one key, where access policies give a right on every key of the vault
#     DORA-9-4-c: grants on keys stand in the role assignments that the firm administers and reviews
#   fix: {path: resource.properties.enableRbacAuthorization, value: true}
#   remediation:
#     az: az keyvault update --name VAULT --resource-group RESOURCE_GROUP --enable-rbac-authorization true
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         rbac_authorization_enabled = true # azurerm 3: enable_rbac_authorization
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
#         // ...
#         properties: {
#           enableRbacAuthorization: true
#         }
#       }
#     note: First assign roles for every access policy in use, for example Key Vault Crypto Service Encryption User to the identity of a database.
package azure.key_vault.rbac_authorization_enabled

default _by_roles := false

_by_roles := input.resource.properties.enableRbacAuthorization

deny contains finding if {
	not _by_roles
	finding := {
		"message": "access policies decide who may use the vault",
		"path": "resource.properties.enableRbacAuthorization",
		"actual": _by_roles,
		"expected": true,
	}
}
