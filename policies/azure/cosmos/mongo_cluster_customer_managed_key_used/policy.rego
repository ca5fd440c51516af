# METADATA
# title: The MongoDB cluster is encrypted with a key of the firm
# description: |
#   Without a key of its own the firm cannot end access to the data, nor choose where the key lives, nor show that it controls the key. Keys
#   are chosen when the cluster is made. What tier of vault the key needs is judged elsewhere.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/database-encryption-at-rest
# custom:
#   check: COS-CMK-005
#   severity: high
#   resource: Microsoft.DocumentDB/mongoClusters
#   reads:
#     - path: resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl
#       type: string
#       absent: "none: the cluster is encrypted with a key that Microsoft manages"
#   controls:
#     DORA-9-4-d: encryption of the cluster rests on a key whose life the firm decides
#     RTS-6-2-d: the key falls under the rules of the firm for keys
#     RTS-7-2: who may use the key of the cluster is decided and logged in the vault of the firm
#     GDPR-32-1-a: personal data at rest is encrypted under a key that the controller can withdraw
#   remediation:
#     terraform: |
#       resource "azurerm_mongo_cluster" "example" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id          = azurerm_key_vault_key.example.versionless_id
#           user_assigned_identity_id = azurerm_user_assigned_identity.example.id
#         }
#       }
#     bicep: |
#       resource cluster 'Microsoft.DocumentDB/mongoClusters@2025-09-01' = {
#         // ...
#         properties: {
#           encryption: { customerManagedKeyEncryption: { keyEncryptionKeyUrl: keyUrl, keyEncryptionKeyIdentity: { identityType: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id } } }
#         }
#       }
#     note: |
#       The key is chosen at creation: make a new cluster and move the data.
package azure.cosmos.mongo_cluster_customer_managed_key_used

default _key := ""

_key := input.resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl

deny contains finding if {
	_key == ""
	finding := {
		"message": "the cluster is encrypted with a key of Microsoft only",
		"path": "resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
		"actual": "none",
		"expected": "a key of the firm",
	}
}
