# METADATA
# title: The key has an expiry date
# description: |
#   A key without an expiry date stays usable until somebody thinks of it, and nothing forces its renewal.
#   An expired key makes every database that it encrypts inaccessible: set an expiry only together with an automatic rotation. A
#   rotation policy gives the expiry to new versions, not to the present one. Disabled keys are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation
# custom:
#   check: KV-KEY-002
#   severity: medium
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - {path: resource.properties.attributes.enabled, type: boolean}
#     - path: resource.properties.attributes.exp
#       type: integer
#       absent: "the key never expires"
#   controls:
#     RTS-7-1: gives the period of use of a key an end, which its lifecycle needs
#     RTS-7-2: a forgotten copy of the key stops being of use on a known day
#   remediation:
#     az: az keyvault key set-attributes --vault-name VAULT --name KEY --expires 2027-06-30T00:00:00Z
#     terraform: |
#       resource "azurerm_key_vault_key" "example" {
#         # ...
#         expiration_date = "2027-06-30T00:00:00Z"
#       }
#     bicep: |
#       resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
#         // ...
#         properties: {
#           attributes: {
#             exp: dateTimeToEpoch('2027-06-30T00:00:00Z')
#           }
#         }
#       }
#     note: ARM creates keys and does not change them, so use az for a key that exists.
package azure.key_vault.key_expiry_set

not_applicable contains "the key is disabled" if input.resource.properties.attributes.enabled == false

deny contains finding if {
	input.resource.properties.attributes.enabled == true
	not input.resource.properties.attributes.exp
	finding := {
		"message": "the key never expires",
		"path": "resource.properties.attributes.exp",
		"actual": "absent",
		"expected": "an expiry date",
	}
}
