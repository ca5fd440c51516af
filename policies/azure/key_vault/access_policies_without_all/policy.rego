# METADATA
# title: No access policy of the vault grants everything
# description: |
#   An access policy with the permission all, or with purge, lets one identity read, replace and destroy for good every key, secret or
#   certificate of the vault. Vaults that use Azure roles ignore their access policies and are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/assign-access-policy
# custom:
#   check: KV-RBAC-002
#   severity: medium
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - {path: resource.properties.enableRbacAuthorization, type: boolean}
#     - {path: resource.properties.accessPolicies, type: array}
#   controls:
#     RTS-21-a: shows grants that go beyond what any one identity needs
#     RTS-7-2: limits who can destroy a key for good
#     RTS-21-b: the right to use a key is not at the same time the right to purge it
#     DORA-9-4-c: access to keys is restricted to named operations
#   remediation:
#     az: az keyvault set-policy --name VAULT --object-id OBJECT_ID --key-permissions get wrapKey unwrapKey --secret-permissions get
#     terraform: |
#       resource "azurerm_key_vault_access_policy" "example" {
#         # ...
#         key_permissions = ["Get", "WrapKey", "UnwrapKey"]
#       }
#     bicep: |
#       permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] }
#     note: Better still, move the vault to Azure roles (rbac_authorization_enabled).
package azure.key_vault.access_policies_without_all

not_applicable contains "Azure roles decide, and access policies are ignored" if {
	input.resource.properties.enableRbacAuthorization == true
}

deny contains finding if {
	some policy in input.resource.properties.accessPolicies
	_readable(policy)
	some kind, permissions in policy.permissions
	some permission in permissions
	lower(permission) in {"all", "purge"}
	finding := {
		"message": sprintf("%v may do %s with %s", [policy.objectId, lower(permission), kind]),
		"path": "resource.properties.accessPolicies",
		"actual": sprintf("%s on %s", [lower(permission), kind]),
		"expected": "neither all nor purge",
	}
}

unknown contains "an access policy cannot be read" if {
	some policy in input.resource.properties.accessPolicies
	not _readable(policy)
}

_readable(policy) if {
	is_object(policy.permissions)
	every permissions in policy.permissions {
		is_array(permissions)
		every permission in permissions {
			is_string(permission)
		}
	}
}
