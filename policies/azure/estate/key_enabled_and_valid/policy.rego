# METADATA
# title: The key that encrypts a resource is enabled and in its time
# description: |
#   A key that is disabled, has expired or is not yet valid stops the resource that it encrypts: data cannot be read, at once or when the
#   service next asks for the key. Keys that expire soon are judged where they lie, in the vault.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
# custom:
#   check: KV-KEY-002
#   severity: high
#   resource:
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.Sql/servers/encryptionProtector
#     - Microsoft.Sql/managedInstances/encryptionProtector
#     - Microsoft.Compute/diskEncryptionSets
#     - Microsoft.Kusto/clusters
#     - Microsoft.DataProtection/backupVaults
#     - Microsoft.RecoveryServices/vaults
#     - Microsoft.ContainerRegistry/registries
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.OperationalInsights/clusters
#     - Microsoft.CognitiveServices/accounts
#     - Microsoft.DataFactory/factories
#   reads:
#     - path: related.key.properties.attributes.enabled
#       type: boolean
#       absent: "true: a key is enabled until told otherwise; without a key Azure manages it"
#     - path: related.key.properties.attributes.exp
#       type: integer
#       absent: "the key never expires"
#     - path: related.key.properties.attributes.nbf
#       type: integer
#       absent: "the key is valid from its creation"
#     - context.at
#   controls:
#     RTS-7-1: follows the key in use through its states of life
#     RTS-7-2: shows a key that is as good as lost to the data that it protects
#     DORA-9-3-c: names data that is unavailable, or will be when the key is next asked for
#     GDPR-32-1-b: personal data under the key stays available
#   remediation:
#     az: |
#       az keyvault key set-attributes --vault-name VAULT --name KEY --enabled true
#       az keyvault key rotate --vault-name VAULT --name KEY
#     terraform: |
#       resource "azurerm_key_vault_key" "example" {
#         # ...
#         expiration_date = "2028-01-01T00:00:00Z"
#       }
#     note: A resource that names one version of the key must be pointed at the new version. Find out who disabled a key before it is enabled again.
package azure.estate.key_enabled_and_valid

_key if input.related.key.id

default _enabled := true

_enabled := input.related.key.properties.attributes.enabled

_expiry := input.related.key.properties.attributes.exp

_start := input.related.key.properties.attributes.nbf

not_applicable contains "no key of the firm's own is used" if not _key

deny contains finding if {
	_enabled == false
	finding := {
		"message": "the key is disabled",
		"path": "related.key.properties.attributes.enabled",
		"actual": _enabled,
		"expected": true,
	}
}

deny contains finding if {
	_expiry <= input.context.at
	finding := {
		"message": "the key has expired",
		"path": "related.key.properties.attributes.exp",
		"actual": _expiry,
		"expected": "a date to come",
	}
}

deny contains finding if {
	_start > input.context.at
	finding := {
		"message": "the key is not yet valid",
		"path": "related.key.properties.attributes.nbf",
		"actual": _start,
		"expected": "a date gone by",
	}
}
