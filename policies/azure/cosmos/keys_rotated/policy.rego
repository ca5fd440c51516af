# METADATA
# title: The keys of the Cosmos DB account are young, or refused
# description: |
#   A key of the account opens its data, or lets it be read, for as long as it is not made anew, whoever has got hold of it. Azure says when
#   each of the four keys was made. An account that refuses its keys passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-rotate-keys
# custom:
#   check: COS-AUTH-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.keysMetadata.primaryMasterKey.generationTime, type: string}
#     - {path: resource.properties.keysMetadata.primaryReadonlyMasterKey.generationTime, type: string}
#     - {path: resource.properties.keysMetadata.secondaryMasterKey.generationTime, type: string}
#     - {path: resource.properties.keysMetadata.secondaryReadonlyMasterKey.generationTime, type: string}
#     - path: resource.properties.disableLocalAuth
#       type: boolean
#       absent: "false: keys work unless they are turned off"
#     - path: context.at
#   parameters:
#     access_key_age_days_max: {type: integer, default: 90, min: 1, max: 730, meaning: most days that an access key of a service may be in use}
#   controls:
#     DORA-9-4-d: compares the age of the secrets that open the account with the age that the firm allows
#     RTS-21-c: whoever once knew a shared key and should know it no longer is shut out when it is made anew
#     GDPR-32-1-b: a key that leaked opens personal data until the next rotation and no longer
#   remediation:
#     az: |
#       az cosmosdb keys regenerate --resource-group RESOURCE_GROUP --name ACCOUNT --key-kind secondary
#       az cosmosdb keys regenerate --resource-group RESOURCE_GROUP --name ACCOUNT --key-kind secondaryReadonly
#       az cosmosdb keys regenerate --resource-group RESOURCE_GROUP --name ACCOUNT --key-kind primary
#       az cosmosdb keys regenerate --resource-group RESOURCE_GROUP --name ACCOUNT --key-kind primaryReadonly
#     portal: Azure Cosmos DB account > Settings > Keys > Regenerate
#     note: Move every caller to the other key before a key is made anew. Turning local authentication off ends the work for good.
package azure.cosmos.keys_rotated

import data.lib.durations

default _disabled := false

_disabled := input.resource.properties.disableLocalAuth

_made[name] := text if {
	name := "primaryMasterKey"
	text := input.resource.properties.keysMetadata.primaryMasterKey.generationTime
}

_made[name] := text if {
	name := "primaryReadonlyMasterKey"
	text := input.resource.properties.keysMetadata.primaryReadonlyMasterKey.generationTime
}

_made[name] := text if {
	name := "secondaryMasterKey"
	text := input.resource.properties.keysMetadata.secondaryMasterKey.generationTime
}

_made[name] := text if {
	name := "secondaryReadonlyMasterKey"
	text := input.resource.properties.keysMetadata.secondaryReadonlyMasterKey.generationTime
}

_age[name] := days if {
	some name, text in _made
	days := durations.between(time.parse_rfc3339_ns(text) / 1000000000, input.context.at)
}

deny contains finding if {
	_disabled == false
	some name, days in _age
	days > data.parameters.access_key_age_days_max
	finding := {
		"message": sprintf("%s is %d days old", [name, floor(days)]),
		"path": sprintf("resource.properties.keysMetadata.%s.generationTime", [name]),
		"actual": _made[name],
		"expected": sprintf("at most %d days ago", [data.parameters.access_key_age_days_max]),
	}
}

unknown contains sprintf("%q is no time", [text]) if {
	some name, text in _made
	not _dated(name)
}

_dated(name) if _age[name]
