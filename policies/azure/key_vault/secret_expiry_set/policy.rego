# METADATA
# title: The secret has an expiry date
# description: |
#   A password or token without an expiry date is never changed unless somebody thinks of it, and whoever copied it keeps access for years.
#   Key Vault warns before the date and does not stop the application by itself: rotate the secret before. Disabled secrets are left out.
#   The secrets of a vault are seen in code and through the management plane; secrets made in the data plane alone may be missing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
#   - ref: https://learn.microsoft.com/azure/key-vault/secrets/tutorial-rotation-dual
# custom:
#   check: KV-SEC-001
#   severity: medium
#   resource: Microsoft.KeyVault/vaults/secrets
#   reads:
#     - {path: resource.properties.attributes.enabled, type: boolean}
#     - path: resource.properties.attributes.exp
#       type: integer
#       absent: "the secret never expires"
#   controls:
#     RTS-21-f-i: a credential with an end is renewed, as leading practice asks of secrets that systems use
#     RTS-21-c: a shared secret that has wandered stops working on a known day
#     DORA-9-4-d: the credentials behind authentication have a bounded life
#   remediation:
#     az: az keyvault secret set-attributes --vault-name VAULT --name SECRET --expires 2027-06-30T00:00:00Z
#     terraform: |
#       resource "azurerm_key_vault_secret" "example" {
#         # ...
#         expiration_date = "2027-06-30T00:00:00Z"
#       }
#     bicep: |
#       resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
#         // ...
#         properties: {
#           attributes: {
#             exp: dateTimeToEpoch('2027-06-30T00:00:00Z')
#           }
#         }
#       }
package azure.key_vault.secret_expiry_set

not_applicable contains "the secret is disabled" if input.resource.properties.attributes.enabled == false

deny contains finding if {
	input.resource.properties.attributes.enabled == true
	not input.resource.properties.attributes.exp
	finding := {
		"message": "the secret never expires",
		"path": "resource.properties.attributes.exp",
		"actual": "absent",
		"expected": "an expiry date",
	}
}
