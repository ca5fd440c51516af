# METADATA
# title: Shared access signatures of the account expire soon enough
# description: |
#   A shared access signature works for whoever holds it, and can hardly be taken back before it expires. The policy of the account sets
#   an upper limit for the interval. With the action Log a longer signature still works and is only reported; with Block it is refused. No
#   law names a number of days: sas_lifetime_days_max is the firm's own rule.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/sas-expiration-policy
# custom:
#   check: ST-AUTH-004
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.sasPolicy.sasExpirationPeriod
#       type: string
#       absent: "no limit: an account has no such policy until somebody sets one"
#   parameters:
#     sas_lifetime_days_max: {type: integer, default: 90, min: 1, max: 3650, meaning: most days that a shared access signature may be valid}
#   controls:
#     DORA-9-4-c: limits how long an access that was handed out stays open after the need for it has ended
#     RTS-14-1-b: a signature that has leaked with a link or a log stops being useful after a known time
#     RTS-21-a: sets an end to each access by signature, as need-to-use asks
#     GDPR-32-1-b: shortens the time in which a lost signature exposes personal data
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --sas-exp 7.00:00:00
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         sas_policy {
#           expiration_period = "07.00:00:00"
#           expiration_action = "Block"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           sasPolicy: {
#             sasExpirationPeriod: '7.00:00:00'
#             expirationAction: 'Block'
#           }
#         }
#       }
#     portal: Storage account > Settings > Configuration > Allow recommended upper limit for shared access signature (SAS) expiry interval
package azure.storage.sas_lifetime_limited

default _period := ""

_period := input.resource.properties.sasPolicy.sasExpirationPeriod

# The form is DAYS.HOURS:MINUTES:SECONDS.
_known if regex.match(`^[0-9]+\.[0-9]{2}:[0-9]{2}:[0-9]{2}$`, _period)

_days := to_number(split(_period, ".")[0]) if _known

_clock := split(_period, ".")[1]

_exceeds if _days > data.parameters.sas_lifetime_days_max

_exceeds if {
	_days == data.parameters.sas_lifetime_days_max
	_clock != "00:00:00"
}

deny contains finding if {
	_period == ""
	finding := {
		"message": "no policy limits how long a shared access signature is valid",
		"path": "resource.properties.sasPolicy.sasExpirationPeriod",
		"actual": "none",
		"expected": sprintf("at most %v days", [data.parameters.sas_lifetime_days_max]),
	}
}

deny contains finding if {
	_exceeds
	finding := {
		"message": sprintf("shared access signatures may be valid for %s, longer than %v days", [_period, data.parameters.sas_lifetime_days_max]),
		"path": "resource.properties.sasPolicy.sasExpirationPeriod",
		"actual": _period,
		"expected": sprintf("at most %v days", [data.parameters.sas_lifetime_days_max]),
	}
}

unknown contains sprintf("sasExpirationPeriod is %q, which is no length of time", [_period]) if {
	_period != ""
	not _known
}
