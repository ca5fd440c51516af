# METADATA
# title: PostgreSQL's key is kept in a hardware security module
# description: |
#   A software key can be copied by whoever breaks into its store; a key in a hardware security module is used there and cannot be taken out.
#   A premium vault can hold both kinds, so its tier alone proves nothing (key_vault_tier_sufficient). Every key of a Managed HSM is in
#   hardware. The kind of a key is fixed: a new key is needed, and the server must be pointed to it. The FIPS level of the module is not shown
#   here: it depends on the platform that made the key version, which only the data plane tells.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
# custom:
#   check: KV-TIER-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: related.key.properties.kty, type: string}
#   parameters:
#     key_hsm_required: {type: boolean, default: true, meaning: whether keys must be generated and kept in a hardware security module}
#   controls:
#     DORA-9-4-d: shows how well the key itself is protected, where the tier of the vault only shows what it could hold
#     RTS-6-3: keys in hardware are the firm's choice of leading practice for the classes that require them
#     RTS-7-2: a key that never leaves the hardware cannot be disclosed by a copy
#   remediation:
#     az: |
#       az keyvault key create --vault-name VAULT --name NEW_KEY --kty RSA-HSM --size 3072
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --key https://VAULT.vault.azure.net/keys/NEW_KEY --identity IDENTITY
#     terraform: |
#       resource "azurerm_key_vault_key" "example" {
#         # ...
#         key_type = "RSA-HSM" # needs a premium vault
#         key_size = 3072
#       }
#     bicep: |
#       resource key 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
#         parent: vault // premium
#         name: 'new-key'
#         properties: { kty: 'RSA-HSM', keySize: 3072 }
#       }
#     note: Keep the old key until the backups that it encrypts have run out of their retention.
package azure.postgresql.key_hsm_backed

import data.lib.arm
import data.lib.key_kinds

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_kty := input.related.key.properties.kty

_in_managed_hsm if arm.same(input.related.key.type, "Microsoft.KeyVault/managedHSMs/keys")

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

not_applicable contains "no key in a hardware security module is required for this data" if data.parameters.key_hsm_required == false

deny contains finding if {
	key_kinds.in_software(_kty)
	not _in_managed_hsm
	finding := {
		"message": sprintf("the key is a software key of kind %s", [_kty]),
		"path": "related.key.properties.kty",
		"actual": _kty,
		"expected": "RSA-HSM",
	}
}

unknown contains sprintf("the key is of kind %q, which this policy does not know", [_kty]) if {
	not key_kinds.in_hsm(_kty)
	not key_kinds.in_software(_kty)
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}
