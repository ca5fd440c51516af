# METADATA
# title: PostgreSQL is encrypted with a key that the firm controls
# description: |
#   Data at rest is always encrypted, but with a key that Azure manages the firm can neither rotate the key on its own terms, nor withdraw it,
#   nor keep its custody apart from that of the data. Law asks for keys by classification and risk, not for this mode as such: set
#   customer_managed_key_required to false for the classes that do not need it. The mode is fixed when a server is created. Changing it means
#   restoring a backup to a new server, moving the clients, and checking every other setting of the new server again.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-data-encryption
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-configure-data-encryption
# custom:
#   check: PG-CMK-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: resource.properties.dataEncryption.primaryKeyURI, type: string}
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
#       az postgres flexible-server restore --resource-group RESOURCE_GROUP --name NEW_SERVER --source-server SERVER \
#         --key https://VAULT.vault.azure.net/keys/KEY --identity IDENTITY
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
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
#       dataEncryption: {
#         type: 'AzureKeyVault'
#         primaryKeyURI: 'https://${vault.name}${environment().suffixes.keyvaultDns}/keys/${key.name}'
#         primaryUserAssignedIdentityId: identity.id
#       }
#     portal: Server > Overview > Restore > Security > Customer-managed key
#     note: The identity needs the role Key Vault Crypto Service Encryption User on the key before the restore. A server with geo-redundant
#       backup needs a second key in the paired region (geo_backup_key_set).
package azure.postgresql.customer_managed_key_used

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
