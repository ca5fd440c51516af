# METADATA
# title: The storage account says when its keys must be rotated, or refuses them
# description: |
#   An account key never expires. The account can hold a period after which its keys count as expired: it then warns in the portal and in
#   Azure Policy, and a signature that outlives the period is told. The period rotates nothing by itself. An account that refuses its keys
#   needs none and passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage#create-a-key-expiration-policy
# custom:
#   check: ST-AUTH-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.keyPolicy.keyExpirationPeriodInDays
#       type: integer
#       absent: "no period: a key of any age counts as good"
#     - path: resource.properties.allowSharedKeyAccess
#       type: boolean
#       absent: "allowed: Azure leaves the property out until it is set, and accepts the keys"
#   parameters:
#     access_key_age_days_max: {type: integer, default: 90, min: 1, max: 730, meaning: most days that an access key of a service may be in use}
#   controls:
#     DORA-9-4-d: shows the period after which a key of the account counts as too old, which is part of how authentication secrets are managed
#     RTS-21-c: a key that several callers share is at least bound to a period that the firm has chosen
#     GDPR-32-1-b: limits how long a key that leaked unnoticed is expected to open personal data
#   fix: {path: resource.properties.keyPolicy.keyExpirationPeriodInDays, parameter: access_key_age_days_max}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --key-exp-days 90
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           keyPolicy: { keyExpirationPeriodInDays: 90 }
#         }
#       }
#     portal: Storage account > Security + networking > Access keys > Set rotation reminder
#     note: Turning shared key access off is better than any period. Terraform's azurerm_storage_account has no argument for the period.
package azure.storage.key_rotation_reminded

default _shared := true

_shared := input.resource.properties.allowSharedKeyAccess

default _days := 0

_days := input.resource.properties.keyPolicy.keyExpirationPeriodInDays

deny contains finding if {
	_shared
	_days <= 0
	finding := {
		"message": "the account has no period for its keys",
		"path": "resource.properties.keyPolicy.keyExpirationPeriodInDays",
		"actual": _days,
		"expected": _expected,
	}
}

deny contains finding if {
	_shared
	_days > data.parameters.access_key_age_days_max
	finding := {
		"message": sprintf("keys of the account count as good for %d days", [_days]),
		"path": "resource.properties.keyPolicy.keyExpirationPeriodInDays",
		"actual": _days,
		"expected": _expected,
	}
}

_expected := sprintf("at most %d days", [data.parameters.access_key_age_days_max])
