# METADATA
# title: The key of the MySQL server encrypts data of one business domain only
# description: |
#   Whoever disables, deletes or abuses a key does so for every resource that it encrypts. A key for each domain keeps that within the
#   domain. All resources of the snapshot that use the same key count, whatever its version; a user that names no domain gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
# custom:
#   check: ISO-DOM-005
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - related.key_users
#   controls:
#     RTS-7-2: loss or misuse of the key stays within one domain
#     DORA-9-4-d: keys are kept apart along the lines by which the firm divides its data
#   remediation:
#     az: |
#       az keyvault key create --vault-name VAULT_OF_THE_DOMAIN --name KEY --kty RSA-HSM --size 3072
#       az mysql flexible-server update --resource-group RG --name SERVER --identity IDENTITY \
#         --key https://VAULT_OF_THE_DOMAIN.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "cards" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id                  = azurerm_key_vault_key.cards.versionless_id
#           primary_user_assigned_identity_id = azurerm_user_assigned_identity.cards.id
#         }
#       }
#     note: Keep the old key until the backups made under it have expired.
package azure.mysql.key_serves_one_domain

import data.lib.arm
import data.lib.domains

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_users := input.related.key_users

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	domains.shared(_users)
	finding := {
		"message": sprintf("the key is shared by the business domains %s", [domains.names(_users)]),
		"path": "related.key_users",
		"actual": domains.names(_users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the key name no business domain", [_users.undeclared.count]) if domains.undeclared(_users)

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}
