# METADATA
# title: MySQL is encrypted with a key that the firm controls
# description: |
#   With a key that Azure manages the firm can neither rotate nor withdraw the key that protects its data, nor see its use. A server that
#   exists can be switched to a key of the firm; from then on it depends on the vault, and a key that is deleted, disabled or expired stops
#   the database within minutes. Whether the class of the data demands a key of the firm is the parameter customer_managed_key_required:
#   none of the laws names such keys.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
# custom:
#   check: MY-CMK-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: resource.properties.dataEncryption.primaryKeyURI, type: string}
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: encryption follows the firm's own classification, since the parameter says for which data the firm must hold the key
#     RTS-6-2-a: shows how the rule on encryption at rest is carried out on this server
#     RTS-6-2-d: only a key of the firm can be put under the firm's rules for the use, protection and life of keys
#     RTS-7-2: a key in the firm's vault can be guarded against loss and misuse; one that Azure manages is out of its hands
#     GDPR-32-1-a: personal data at rest is encrypted under a key that the controller can withdraw
#   remediation:
#     az: |
#       az mysql flexible-server update --resource-group RG --name SERVER --identity IDENTITY --key https://VAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         identity {
#           type         = "UserAssigned"
#           identity_ids = [azurerm_user_assigned_identity.example.id]
#         }
#         customer_managed_key {
#           key_vault_key_id                  = azurerm_key_vault_key.example.versionless_id
#           primary_user_assigned_identity_id = azurerm_user_assigned_identity.example.id
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
#         properties: {
#           dataEncryption: { type: 'AzureKeyVault', primaryKeyURI: key.properties.keyUri, primaryUserAssignedIdentityId: identity.id }
#         }
#       }
#     portal: Server > Security > Data encryption > Customer managed key
#     note: |
#       The identity needs get, list, wrapKey and unwrapKey on the key (role Key Vault Crypto Service Encryption User). The vault needs soft
#       delete of 90 days and purge protection.
package azure.mysql.customer_managed_key_used

import data.lib.arm
import data.lib.keys

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_encryption, "SystemManaged")
	finding := {
		"message": "the server is encrypted with a key that Azure manages",
		"path": "resource.properties.dataEncryption.type",
		"actual": _encryption,
		"expected": "AzureKeyVault",
	}
}

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	uri := input.resource.properties.dataEncryption.primaryKeyURI
	not keys.valid(uri)
	finding := {
		"message": sprintf("primaryKeyURI is %q, which is not the URI of a key", [uri]),
		"path": "resource.properties.dataEncryption.primaryKeyURI",
		"actual": uri,
		"expected": "https://VAULT/keys/NAME",
	}
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}
