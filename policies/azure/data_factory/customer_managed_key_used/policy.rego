# METADATA
# title: The data factory is encrypted with a key that the firm controls
# description: |
#   Data is always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. Law asks for keys by classification and
#   risk, not for this mode as such: set customer_managed_key_required to false for classes that do not need it. The key can be set only
#   while the factory is empty.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-factory/enable-customer-managed-key
# custom:
#   check: ADF-CMK-001
#   severity: medium
#   resource: Microsoft.DataFactory/factories
#   reads:
#     - path: resource.properties.encryption.keyName
#       type: string
#       absent: "none: Azure leaves the key out when it manages it"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that pipelines and stored credentials are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts pipelines and stored credentials at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the factory on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the factory, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among pipelines and stored credentials
#   remediation:
#     az: az resource update --ids FACTORY_ID --set properties.encryption.vaultBaseUrl=https://VAULT.vault.azure.net properties.encryption.keyName=KEY
#     terraform: |
#       resource "azurerm_data_factory" "example" {
#         # ...
#         customer_managed_key_id          = azurerm_key_vault_key.example.id
#         customer_managed_key_identity_id = azurerm_user_assigned_identity.example.id
#         identity {
#           type         = "UserAssigned"
#           identity_ids = [azurerm_user_assigned_identity.example.id]
#         }
#       }
#     bicep: "properties: { encryption: { vaultBaseUrl: vault.properties.vaultUri, keyName: key.name, identity: { userAssignedIdentity: identity.id } } }"
package azure.data_factory.customer_managed_key_used

default _key_name := ""

_key_name := input.resource.properties.encryption.keyName

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_key_name == ""
	finding := {
		"message": "the factory is encrypted with a key that Azure manages",
		"path": "resource.properties.encryption.keyName",
		"actual": _key_name,
		"expected": "a key of the firm",
	}
}
