# METADATA
# title: The keys of the storage account are young, or refused
# description: |
#   An account key opens everything in the account for as long as it is not rotated, whoever has got hold of it. Azure says when each of the
#   two keys was made; for keys that were never rotated since Azure began to note it, it says nothing. An account that refuses its keys
#   passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage
# custom:
#   check: ST-AUTH-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.properties.keyCreationTime.key1, type: string}
#     - {path: resource.properties.keyCreationTime.key2, type: string}
#     - path: resource.properties.allowSharedKeyAccess
#       type: boolean
#       absent: "allowed: Azure leaves the property out until it is set, and accepts the keys"
#     - path: context.at
#   parameters:
#     access_key_age_days_max: {type: integer, default: 90, min: 1, max: 730, meaning: most days that an access key of a service may be in use}
#   controls:
#     DORA-9-4-d: compares the age of the secrets that open the account with the age that the firm allows
#     RTS-21-c: whoever once knew a shared key and should know it no longer is shut out when it is rotated
#     GDPR-32-1-b: a key that leaked opens personal data until the next rotation and no longer
#   remediation:
#     az: |
#       az storage account keys renew --resource-group RESOURCE_GROUP --account-name ACCOUNT --key secondary
#       az storage account keys renew --resource-group RESOURCE_GROUP --account-name ACCOUNT --key primary
#     portal: Storage account > Security + networking > Access keys > Rotate key
#     note: Move every caller to the other key before a key is rotated. Turning shared key access off ends the work for good.
package azure.storage.keys_rotated

import data.lib.durations

default _shared := true

_shared := input.resource.properties.allowSharedKeyAccess

_made[name] := text if {
	name := "key1"
	text := input.resource.properties.keyCreationTime.key1
}

_made[name] := text if {
	name := "key2"
	text := input.resource.properties.keyCreationTime.key2
}

_age[name] := days if {
	some name, text in _made
	days := durations.between(time.parse_rfc3339_ns(text) / 1000000000, input.context.at)
}

deny contains finding if {
	_shared
	some name, days in _age
	days > data.parameters.access_key_age_days_max
	finding := {
		"message": sprintf("%s is %d days old", [name, floor(days)]),
		"path": sprintf("resource.properties.keyCreationTime.%s", [name]),
		"actual": _made[name],
		"expected": sprintf("at most %d days ago", [data.parameters.access_key_age_days_max]),
	}
}

unknown contains sprintf("%q is no time", [text]) if {
	some name, text in _made
	not _dated(name)
}

_dated(name) if _age[name]
