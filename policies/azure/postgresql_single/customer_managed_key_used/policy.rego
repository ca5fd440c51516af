# METADATA
# title: The PostgreSQL single server is encrypted with a key that the firm controls
# description: |
#   Data at rest is always encrypted, but with a key that Azure manages the firm can neither rotate the key on its own terms, nor withdraw
#   it, nor keep its custody apart from that of the data. Law asks for keys by classification and risk, not for this mode as such: set
#   customer_managed_key_required to false for the classes that do not need it. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: PGS-CMK-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/servers
#   reads:
#     - {path: children.keys.*}
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that encryption follows the classification and that the key is the firm's own
#     RTS-6-2-a: shows which key encrypts the data at rest, so that the encryption rule can be compared with what is in force
#     RTS-6-2-d: rules on the use and life of keys can only be carried out on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data that Azure does in any case
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_server_key" "example" {
#         server_id        = azurerm_postgresql_server.example.id
#         key_vault_key_id = azurerm_key_vault_key.example.id
#       }
#     bicep: |
#       resource serverKey 'Microsoft.DBforPostgreSQL/servers/keys@2020-01-01' = {
#         parent: server
#         name: '${vaultName}_${keyName}_${keyVersion}'
#         properties: {
#           serverKeyType: 'AzureKeyVault'
#           uri: key.properties.keyUriWithVersion
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.customer_managed_key_used

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	count(input.children.keys) == 0
	finding := {
		"message": "the server has no key of the firm",
		"path": "children.keys.*",
		"actual": "none",
		"expected": "a key in a vault of the firm",
	}
}
