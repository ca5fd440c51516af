# METADATA
# title: MySQL's key is kept in a hardware security module
# description: |
#   A software key exists in the memory of ordinary servers. One of a kind that ends with -HSM is made in a hardware security module and
#   never leaves it in clear; so is every key of a Managed HSM. The tier of the vault proves nothing here, since a premium vault may hold
#   software keys. A key does not change its kind: a new key is needed. The parameter key_hsm_required says whether the class of the data
#   demands it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
# custom:
#   check: KV-TIER-002
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: related.key.properties.kty, type: string}
#   parameters:
#     key_hsm_required: {type: boolean, default: true, meaning: whether keys must be generated and kept in a hardware security module}
#   controls:
#     DORA-9-4-d: the protection of the key itself follows the class of the data that it encrypts
#     RTS-7-2: a key that never leaves the module in clear is protected against disclosure and copying
#     RTS-6-3: shows whether the key is held as the firm's standard for this class asks
#   remediation:
#     az: |
#       az keyvault key create --vault-name VAULT --name NEW_KEY --kty RSA-HSM --size 3072
#       az mysql flexible-server update --resource-group RG --name SERVER --identity IDENTITY \
#         --key https://VAULT.vault.azure.net/keys/NEW_KEY
#     terraform: |
#       resource "azurerm_key_vault_key" "example" {
#         # ...
#         key_type = "RSA-HSM"
#         key_size = 3072
#         key_opts = ["wrapKey", "unwrapKey"]
#       }
#     bicep: |
#       resource key 'Microsoft.KeyVault/vaults/keys@2026-02-01' = {
#         parent: vault
#         name: 'mysql-payments'
#         properties: { kty: 'RSA-HSM', keySize: 3072, keyOps: [ 'wrapKey', 'unwrapKey' ] }
#       }
#     note: The vault must be premium. Keep the old key until the backups made under it have expired.
package azure.mysql.key_hsm_backed

import data.lib.arm
import data.lib.key_kinds

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_kty := input.related.key.properties.kty

_in_managed_hsm if arm.same(input.related.key.type, "Microsoft.KeyVault/managedHSMs/keys")

not_applicable contains "no key in a hardware security module is required for this data" if data.parameters.key_hsm_required == false

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	key_kinds.in_software(_kty)
	not _in_managed_hsm
	finding := {
		"message": sprintf("the key is a software key of kind %s", [_kty]),
		"path": "related.key.properties.kty",
		"actual": _kty,
		"expected": "RSA-HSM",
	}
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains sprintf("the key is of kind %q, which this policy does not know", [_kty]) if {
	not key_kinds.in_hsm(_kty)
	not key_kinds.in_software(_kty)
}
