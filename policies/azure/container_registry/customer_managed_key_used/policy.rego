# METADATA
# title: Images are encrypted with a key that the firm controls
# description: |
#   Images are always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. Law asks for keys by classification
#   and risk, not for this mode as such: set customer_managed_key_required to false for classes that do not need it. The mode is fixed at
#   creation and needs the Premium tier.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/tutorial-enable-customer-managed-keys
# custom:
#   check: ACR-CMK-001
#   severity: medium
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.encryption.status
#       type: string
#       absent: "disabled: images are encrypted with a key that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that images are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts images at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the registry on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the registry, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among images
#   remediation:
#     az: az acr create --resource-group RESOURCE_GROUP --name NEW_REGISTRY --sku Premium --identity IDENTITY --key-encryption-key KEY_ID
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         identity {
#           type         = "UserAssigned"
#           identity_ids = [azurerm_user_assigned_identity.example.id]
#         }
#         encryption {
#           key_vault_key_id   = azurerm_key_vault_key.example.id
#           identity_client_id = azurerm_user_assigned_identity.example.client_id
#         }
#       }
#     bicep: "properties: { encryption: { status: 'enabled', keyVaultProperties: { keyIdentifier: key.properties.keyUri, identity: identity.properties.clientId } } }"
package azure.container_registry.customer_managed_key_used

import data.lib.arm

default _encryption := "disabled"

_encryption := input.resource.properties.encryption.status

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_encryption, "disabled")
	finding := {
		"message": sprintf("encryption with a customer-managed key is %s", [_encryption]),
		"path": "resource.properties.encryption.status",
		"actual": _encryption,
		"expected": "enabled",
	}
}

unknown contains sprintf("encryption.status is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["enabled", "disabled"])
}
