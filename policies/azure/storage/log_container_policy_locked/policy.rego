# METADATA
# title: The policy that holds archived logs is locked
# description: |
#   An unlocked policy can be shortened or removed by whoever administers the account; a locked one can only be made longer, and nobody can
#   undo the lock. Test a policy unlocked, and lock it once the period is right: personal data in the logs cannot be erased before. Containers
#   of logs are known by the beginning of their names; one without a policy is left out here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/immutable-time-based-retention-policy-overview
# custom:
#   check: LOG-IMM-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts/blobServices/containers
#   reads:
#     - path: resource.properties.immutabilityPolicy.properties.state
#       type: string
#       absent: "there is no policy that could be locked"
#     - {path: resource.properties.hasImmutabilityPolicy, type: boolean}
#   parameters:
#     log_container_prefixes: {type: list, default: [am-, insights-activity-logs, insights-logs-, sqldbauditlogs], pattern: "^[$a-z0-9-]{3,63}$", meaning: how the names of containers that hold logs begin}
#     log_immutability_min: {type: string, default: locked, allowed: [unlocked, locked], meaning: weakest state of the policy that holds archived logs}
#   controls:
#     RTS-12-2-d: shows whether an administrator could lift the protection of archived logs
#     RTS-23-3: recordings of anomalies stay out of reach of administrators as well
#     RTS-22-d: the period for which evidence of incidents is held cannot be cut afterwards
#   remediation:
#     az: |
#       ETAG=$(az storage container immutability-policy show --resource-group RESOURCE_GROUP --account-name ACCOUNT --container-name CONTAINER --query etag --output tsv)
#       az storage container immutability-policy lock --resource-group RESOURCE_GROUP --account-name ACCOUNT --container-name CONTAINER --if-match "$ETAG"
#     terraform: |
#       resource "azurerm_storage_container_immutability_policy" "logs" {
#         # ...
#         locked = true
#       }
#     portal: Storage account > Data storage > Containers > the container > Access policy > Immutable blob storage > Lock policy
#     note: A lock is for ever.
package azure.storage.log_container_policy_locked

_holds_logs if strings.any_prefix_match(lower(input.resource.name), data.parameters.log_container_prefixes)

not_applicable contains "the name of the container is none of logs" if not _holds_logs

_state := lower(input.resource.properties.immutabilityPolicy.properties.state)

not_applicable contains "no policy holds the container" if input.resource.properties.hasImmutabilityPolicy == false

_good := {"unlocked": {"unlocked", "locked"}, "locked": {"locked"}}[data.parameters.log_immutability_min]

deny contains finding if {
	_state == "unlocked"
	not _state in _good
	finding := {
		"message": "the policy that holds the logs can be removed",
		"path": "resource.properties.immutabilityPolicy.properties.state",
		"actual": input.resource.properties.immutabilityPolicy.properties.state,
		"expected": "Locked",
	}
}

unknown contains "the state of the policy is not known" if not _known

_known if _state in {"unlocked", "locked"}
