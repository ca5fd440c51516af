# METADATA
# title: The key of the PostgreSQL server encrypts data of one business domain only
# description: |
#   A key shared by domains ties them together: whoever may use it for one can open the data of the other, and revoking it after an incident
#   in one stops both. Every resource encrypted with the same key counts, whatever the version of the key. The key of the geo-redundant
#   backup is not judged. Changing the key is possible at any time; moving from a platform key to a customer-managed key is not.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-data-encryption
# custom:
#   check: ISO-DOM-005
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: Azure's default; no customer-managed key is used"
#     - related.key_users
#   controls:
#     RTS-7-2: a key of one domain can be protected by the classification of that domain alone
#     DORA-9-4-d: the loss or misuse of one key stays inside one domain
#   remediation:
#     az: |
#       az keyvault key create --vault-name VAULT --name key-payments-pg --kty RSA-HSM --size 3072
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --key KEY_ID --identity IDENTITY_ID
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "payments" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id                  = azurerm_key_vault_key.payments.id
#           primary_user_assigned_identity_id = azurerm_user_assigned_identity.payments.id
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           dataEncryption: {
#             type: 'AzureKeyVault'
#             primaryKeyURI: paymentsKey.properties.keyUriWithVersion
#             primaryUserAssignedIdentityId: paymentsIdentity.id
#           }
#         }
#       }
#     note: Keep the old key enabled while the change runs, and until no backup needs it.
package azure.postgresql.key_serves_one_domain

import data.lib.arm
import data.lib.domains

default encryption := "SystemManaged"

encryption := input.resource.properties.dataEncryption.type

users := input.related.key_users

not_applicable contains "the server uses no customer-managed key" if arm.same(encryption, "SystemManaged")

deny contains finding if {
	domains.shared(users)
	finding := {
		"message": sprintf("the key is shared by the business domains %s", [domains.names(users)]),
		"path": "related.key_users",
		"actual": domains.names(users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the key name no business domain", [users.undeclared.count]) if domains.undeclared(users)

unknown contains sprintf("the encryption type %q is not known", [encryption]) if {
	not arm.one_of(encryption, ["SystemManaged", "AzureKeyVault"])
}
