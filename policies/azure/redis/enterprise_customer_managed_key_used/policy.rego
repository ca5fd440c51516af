# METADATA
# title: Managed Redis is encrypted with a key that the firm controls
# description: |
#   The disks under the cluster hold persisted data, swap and the operating system. They are always encrypted, but with a key that Azure
#   manages the firm can neither rotate nor withdraw it. Law asks for keys by classification and risk: set customer_managed_key_required
#   to false for the classes that do not need one. Data in memory is not covered.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/how-to-encryption
# custom:
#   check: RED-CMK-001
#   severity: medium
#   resource: Microsoft.Cache/redisEnterprise
#   reads:
#     - path: resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl
#       type: string
#       absent: "none: without a key of its own the cluster is encrypted with one that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that the key over the data in the cluster is the firm's own
#     RTS-6-2-a: shows whose key encrypts the cluster at rest, so that the encryption rule can be compared with what is in force
#     RTS-6-2-d: rules on the use and life of keys can only be carried out on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the cluster, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data that Azure does in any case
#   remediation:
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id          = azurerm_key_vault_key.example.id
#           user_assigned_identity_id = azurerm_user_assigned_identity.example.id
#         }
#       }
#     bicep: |
#       resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
#         // ...
#         properties: {
#           encryption: {
#             customerManagedKeyEncryption: {
#               keyEncryptionKeyUrl: key.properties.keyUriWithVersion
#               keyEncryptionKeyIdentity: {
#                 identityType: 'userAssignedIdentity'
#                 userAssignedIdentityResourceId: identity.id
#               }
#             }
#           }
#         }
#       }
#     note: |
#       The identity needs the role Key Vault Crypto Service Encryption User first, and the vault needs purge protection.
package azure.redis.enterprise_customer_managed_key_used

default _key := ""

_key := input.resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_key == ""
	finding := {
		"message": "the cluster is encrypted with a key that Azure manages",
		"path": "resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
		"actual": "none",
		"expected": "https://VAULT/keys/NAME/VERSION",
	}
}
