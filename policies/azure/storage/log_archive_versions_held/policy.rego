# METADATA
# title: Where a storage account holds versions of archived logs, it holds them long enough
# description: |
#   An account with version-level immutability can give every new blob a period in which no version of it is changed or deleted. Without such
#   a policy on the account, a blob is held only when somebody sets a period on it. The policy judges accounts that diagnostic settings write
#   to and that have version-level immutability; where containers hold the logs, the policies on containers judge them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/immutable-policy-configure-version-scope
# custom:
#   check: LOG-IMM-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - related.log_sources.*
#     - {path: resource.properties.immutableStorageWithVersioning.enabled, type: boolean, absent: "false: the account holds no versions"}
#     - path: resource.properties.immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays
#       type: integer
#       absent: "the account gives new blobs no period"
#     - path: resource.properties.immutableStorageWithVersioning.immutabilityPolicy.state
#       type: string
#       absent: "the account gives new blobs no period"
#   parameters:
#     log_immutability_days_min: {type: integer, default: 90, min: 1, max: 3650, meaning: fewest days for which archived logs can be neither changed nor deleted}
#   controls:
#     RTS-12-2-d: shows whether new log files are held from the moment at which they are written, and for how long
#     RTS-23-3: recordings of anomalies in the archive are out of reach of those whom they incriminate
#     RTS-22-d: evidence of incidents stays as it was written for a period that the firm sets
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --allow-append true --immutability-period 365 --immutability-state Unlocked
#     terraform: |
#       resource "azurerm_storage_account" "logs" {
#         # ...
#         immutability_policy {
#           allow_protected_append_writes = true
#           period_since_creation_in_days = 365
#           state                         = "Unlocked"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           immutableStorageWithVersioning: {
#             enabled: true
#             immutabilityPolicy: { immutabilityPeriodSinceCreationInDays: 365, allowProtectedAppendWrites: true, state: 'Unlocked' }
#           }
#         }
#       }
#     note: Version-level immutability is chosen when an account is created.
package azure.storage.log_archive_versions_held

import data.lib.arm

default _enabled := false

_enabled := input.resource.properties.immutableStorageWithVersioning.enabled

_policy := input.resource.properties.immutableStorageWithVersioning.immutabilityPolicy

default _days := 0

_days := _policy.immutabilityPeriodSinceCreationInDays if not _off

default _state := "Disabled"

_state := _policy.state

_off if arm.same(_state, "Disabled")

not_applicable contains "no diagnostic setting writes to the account" if count(input.related.log_sources) == 0

not_applicable contains "the account has no version-level immutability" if _enabled == false

deny contains finding if {
	_days < data.parameters.log_immutability_days_min
	finding := {
		"message": sprintf("new logs are immutable for %d days", [_days]),
		"path": "resource.properties.immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays",
		"actual": _days,
		"expected": sprintf("at least %d days", [data.parameters.log_immutability_days_min]),
	}
}

unknown contains sprintf("%q is no state of a policy that this policy knows", [_state]) if {
	not arm.one_of(_state, ["Disabled", "Unlocked", "Locked"])
}
