# METADATA
# title: The policy that holds archived logs still lets new entries in
# description: |
#   Azure writes logs by appending to blobs. A time-based policy that does not allow appended writes refuses them, and the archive stops
#   without a word. Containers of logs are known by the beginning of their names; one without a policy is left out here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/immutable-time-based-retention-policy-overview#allow-protected-append-blobs-writes
# custom:
#   check: LOG-IMM-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts/blobServices/containers
#   reads:
#     - {path: resource.properties.hasImmutabilityPolicy, type: boolean}
#     - path: resource.properties.immutabilityPolicy.properties.allowProtectedAppendWrites
#       type: boolean
#       absent: "false: nothing may be appended to a blob of append type"
#     - path: resource.properties.immutabilityPolicy.properties.allowProtectedAppendWritesAll
#       type: boolean
#       absent: "false: nothing may be appended to a blob of any type"
#   parameters:
#     log_container_prefixes: {type: list, default: [am-, insights-activity-logs, insights-logs-, sqldbauditlogs], pattern: "^[$a-z0-9-]{3,63}$", meaning: how the names of containers that hold logs begin}
#   controls:
#     RTS-12-2-e: shows a protection of the archive that would make logging fail
#     RTS-22-d: evidence of incidents goes on to be recorded while it is protected
#   remediation:
#     az: az storage container immutability-policy create --resource-group RESOURCE_GROUP --account-name ACCOUNT --container-name CONTAINER --period 365 --allow-protected-append-writes true
#     terraform: |
#       resource "azurerm_storage_container_immutability_policy" "logs" {
#         # ...
#         protected_append_writes_enabled = true
#       }
#     portal: Storage account > Data storage > Containers > the container > Access policy > Allow additional protected appends
#     note: It cannot be changed any more once the policy is locked.
package azure.storage.log_container_accepts_appends

_holds_logs if strings.any_prefix_match(lower(input.resource.name), data.parameters.log_container_prefixes)

not_applicable contains "the name of the container is none of logs" if not _holds_logs

not_applicable contains "no policy holds the container" if input.resource.properties.hasImmutabilityPolicy == false

default _appends := false

_appends := input.resource.properties.immutabilityPolicy.properties.allowProtectedAppendWrites

default _all := false

_all := input.resource.properties.immutabilityPolicy.properties.allowProtectedAppendWritesAll

deny contains finding if {
	_appends == false
	_all == false
	finding := {
		"message": "the policy refuses new entries of a log",
		"path": "resource.properties.immutabilityPolicy.properties.allowProtectedAppendWrites",
		"actual": false,
		"expected": true,
	}
}
