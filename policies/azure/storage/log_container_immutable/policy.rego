# METADATA
# title: Nobody can change or delete archived logs before their time
# description: |
#   Whoever takes over a system next deletes the record of how. A time-based policy on the container refuses changes and deletions of blobs
#   until they have the age that it names, whoever asks. Containers of logs are known by the beginning of their names; those of other names
#   are left out. A container with version-level immutability may take its policy from the account or have one on each blob, which is not
#   seen here: that is unknown, unless the firm accepts it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/immutable-time-based-retention-policy-overview
# custom:
#   check: LOG-IMM-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts/blobServices/containers
#   reads:
#     - path: resource.properties.immutabilityPolicy.properties.immutabilityPeriodSinceCreationInDays
#       type: integer
#       absent: "no policy of its own holds the blobs of the container"
#     - path: resource.properties.immutableStorageWithVersioning.enabled
#       type: boolean
#       absent: "false: the container keeps no versions that could be held one by one"
#   parameters:
#     log_container_prefixes: {type: list, default: [am-, insights-activity-logs, insights-logs-, sqldbauditlogs], pattern: "^[$a-z0-9-]{3,63}$", meaning: how the names of containers that hold logs begin}
#     log_immutability_days_min: {type: integer, default: 90, min: 1, max: 3650, meaning: fewest days for which archived logs can be neither changed nor deleted}
#     log_version_immutability_accepted: {type: boolean, default: false, meaning: whether version-level immutability counts for archived logs although its period is not seen}
#   controls:
#     RTS-12-2-d: shows whether archived logs can be changed or deleted, and for how long they cannot
#     RTS-23-3: recordings of anomalies in the archive are out of reach of those whom they incriminate
#     RTS-22-d: evidence of incidents stays as it was written for a period that the firm sets
#   remediation:
#     az: az storage container immutability-policy create --resource-group RESOURCE_GROUP --account-name ACCOUNT --container-name CONTAINER --period 365 --allow-protected-append-writes true
#     terraform: |
#       resource "azurerm_storage_container_immutability_policy" "logs" {
#         storage_container_resource_manager_id = azurerm_storage_container.logs.id
#         immutability_period_in_days           = 365
#         protected_append_writes_enabled       = true
#         locked                                = true
#       }
#     bicep: |
#       resource policy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = {
#         parent: container
#         name: 'default'
#         properties: {
#           immutabilityPeriodSinceCreationInDays: 365
#           allowProtectedAppendWrites: true
#         }
#       }
#     portal: Storage account > Data storage > Containers > the container > Access policy > Immutable blob storage > Add policy
#     note: Choose the period no longer than the retention of the logs; data under a policy cannot be erased before its time.
package azure.storage.log_container_immutable

_holds_logs if strings.any_prefix_match(lower(input.resource.name), data.parameters.log_container_prefixes)

not_applicable contains "the name of the container is none of logs" if not _holds_logs

default _days := 0

_days := input.resource.properties.immutabilityPolicy.properties.immutabilityPeriodSinceCreationInDays

default _versions := false

_versions := input.resource.properties.immutableStorageWithVersioning.enabled

deny contains finding if {
	_holds_logs
	_versions == false
	_days < data.parameters.log_immutability_days_min
	finding := {
		"message": sprintf("logs in the container are immutable for %d days", [_days]),
		"path": "resource.properties.immutabilityPolicy.properties.immutabilityPeriodSinceCreationInDays",
		"actual": _days,
		"expected": sprintf("at least %d days", [data.parameters.log_immutability_days_min]),
	}
}

unknown contains "how long single versions are held is not known here" if {
	_versions == true
	data.parameters.log_version_immutability_accepted == false
	_days < data.parameters.log_immutability_days_min
}
