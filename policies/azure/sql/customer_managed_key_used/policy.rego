# METADATA
# title: Azure SQL is encrypted with a key that the firm controls
# description: |
#   Data at rest is always encrypted, but with a key that Azure manages the firm can neither rotate the key on its own terms, nor withdraw
#   it, nor keep its custody apart from that of the data. Law asks for keys by classification and risk, not for this mode as such: set
#   customer_managed_key_required to false for the classes that do not need it. The protector can be changed at any time, without downtime.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview
# custom:
#   check: SQL-CMK-001
#   severity: high
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: children.encryptionProtector.current.properties.serverKeyType
#       type: string
#       absent: "ServiceManaged, unless the server itself names a key"
#     - path: resource.properties.keyId
#       type: string
#       absent: "none: no key was named"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that encryption follows the classification and that the key is the firm's own
#     RTS-6-2-a: shows which key encrypts the data at rest, so that the encryption rule can be compared with what is in force
#     RTS-6-2-d: rules on the use and life of keys can only be carried out on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data that Azure does in any case
#   remediation:
#     az: |
#       az sql server tde-key set --resource-group RESOURCE_GROUP --server SERVER --server-key-type AzureKeyVault \
#         --kid https://VAULT.vault.azure.net/keys/KEY/VERSION --auto-rotation-enabled true
#     terraform: |
#       resource "azurerm_mssql_server_transparent_data_encryption" "example" {
#         server_id             = azurerm_mssql_server.example.id
#         key_vault_key_id      = azurerm_key_vault_key.example.id
#         auto_rotation_enabled = true
#       }
#     bicep: |
#       resource protector 'Microsoft.Sql/servers/encryptionProtector@2023-08-01' = {
#         parent: server
#         name: 'current'
#         properties: {
#           serverKeyType: 'AzureKeyVault'
#           serverKeyName: '${vaultName}_${keyName}_${keyVersion}'
#           autoRotationEnabled: true
#         }
#       }
#     portal: SQL server > Security > Transparent data encryption > Customer-managed key
#     note: |
#       The identity of the server needs the role Key Vault Crypto Service Encryption User on the key, and the key must be registered on the
#       server first (az sql server key create).
package azure.sql.customer_managed_key_used

import data.lib.arm
import data.lib.keys

_protector := input.children.encryptionProtector.current.properties.serverKeyType

_protector_shown if is_string(_protector)

default _key := ""

_key := input.resource.properties.keyId

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_protector, "ServiceManaged")
	not keys.valid(_key)
	finding := {
		"message": "the data encryption keys are wrapped with a key that Azure manages",
		"path": "children.encryptionProtector.current.properties.serverKeyType",
		"actual": _protector,
		"expected": "AzureKeyVault",
	}
}

# Code may name the key on the server itself, and leave the protector out.
deny contains finding if {
	not _protector_shown
	not keys.valid(_key)
	finding := {
		"message": "the server names no key of the firm",
		"path": "resource.properties.keyId",
		"actual": _key,
		"expected": "https://VAULT/keys/NAME",
	}
}

unknown contains "the protector is a key of Azure, and the server names a key of the firm" if {
	arm.same(_protector, "ServiceManaged")
	keys.valid(_key)
}

unknown contains sprintf("serverKeyType is %q, which this policy does not know", [_protector]) if {
	not arm.one_of(_protector, ["ServiceManaged", "AzureKeyVault"])
}
