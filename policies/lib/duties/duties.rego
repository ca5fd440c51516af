# METADATA
# description: |
#   Built-in roles by the duty that they carry, and the duties that check each other. Names and ids are those of Microsoft's list of built-in
#   roles. PostgreSQL and MySQL flexible servers have no role of their own: whoever administers them is a contributor.
package lib.duties

_roles := {
	"backups": {
		"5e467623-bb1f-42f4-a55d-6e525e11384b": "Backup Contributor",
		"00c29273-979b-4161-815c-10b084fb9324": "Backup Operator",
	},
	"guard": {
		"c2a970b4-16a7-4a51-8c84-8a8ea6ee0bb8": "Backup MUA Admin",
		"f54b6d04-23c6-443e-b462-9c16ab7b4a52": "Backup MUA Operator",
	},
	"keys": {
		"00482a5a-887f-4fb3-b363-3b7fe8e74483": "Key Vault Administrator",
		"f25e0fa2-a7c8-4377-a976-54943a77a395": "Key Vault Contributor",
		"14b46e9e-c2b7-41b4-b07b-48a6ebf60603": "Key Vault Crypto Officer",
	},
	"data": {
		"230815da-be43-4aae-9cb4-875f7bd000aa": "Cosmos DB Operator",
		"5bd9cd88-fe45-4216-938b-f97437e15450": "DocumentDB Account Contributor",
		"e0f68234-74aa-48ed-b826-c38b57376e17": "Redis Cache Contributor",
		"9b7fa17d-e63e-47b0-bb0a-15c516ac86ec": "SQL DB Contributor",
		"4939a1f6-9ae0-4e48-a1e0-f2cbe897382d": "SQL Managed Instance Contributor",
		"6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437": "SQL Server Contributor",
		"17d1049b-9a84-46fb-8f53-869881c3d3ab": "Storage Account Contributor",
		"ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
		"b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
		"69566ab7-960f-475b-8e7c-b3118f30c6bd": "Storage File Data Privileged Contributor",
	},
	"access": {
		"f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
		"18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
	},
	"logs": {
		"92aaf0da-9dab-42b6-94a3-d43ce8d16293": "Log Analytics Contributor",
		"749f88d5-cbae-40b8-bcfc-e573ddc772fa": "Monitoring Contributor",
	},
	"restore": {
		"5e467623-bb1f-42f4-a55d-6e525e11384b": "Backup Contributor",
		"00c29273-979b-4161-815c-10b084fb9324": "Backup Operator",
		"db7b14f2-5adf-42da-9f96-f2ee17bab5cb": "CosmosBackupOperator",
		"5432c526-bc82-444a-b7ba-57c5b0b5b34f": "CosmosRestoreOperator",
		"b50d9833-a0cb-478e-945f-707fcc997c13": "Disk Restore Operator",
		"5bd9cd88-fe45-4216-938b-f97437e15450": "DocumentDB Account Contributor",
		"6670b86e-a3f7-4917-ac9b-5d6ab1be4567": "Site Recovery Contributor",
		"494ae006-db33-4328-bf46-533a6560a3ca": "Site Recovery Operator",
		"9b7fa17d-e63e-47b0-bb0a-15c516ac86ec": "SQL DB Contributor",
		"4939a1f6-9ae0-4e48-a1e0-f2cbe897382d": "SQL Managed Instance Contributor",
		"6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437": "SQL Server Contributor",
		"e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1": "Storage Account Backup Contributor",
	},
}

_pairs := {
	"keys_and_data": [{"keys"}, {"data"}],
	"backups_and_guard": [{"backups"}, {"guard"}],
	"access_and_data": [{"access"}, {"data"}],
	"logs_and_systems": [{"logs"}, {"backups", "data", "keys"}],
}

# role(guid, duty): the name of the role, when it carries the duty.
role(guid, duty) := _roles[duty][guid]

# against(guid, pair): the duties that check the role in this pair.
against(guid, pair) := _pairs[pair][1] if {
	some duty in _pairs[pair][0]
	_roles[duty][guid]
}

against(guid, pair) := _pairs[pair][0] if {
	some duty in _pairs[pair][1]
	_roles[duty][guid]
}

# apart(pair): the two duties of the pair lie on different resources by design, so that their scopes need not meet.
apart(pair) if pair == "backups_and_guard"

# scope(id): what an assignment counts for, in lower case; "" for the whole tenant.
scope(id) := text if {
	at := indexof(lower(id), "/providers/microsoft.authorization/")
	at >= 0
	text := substring(lower(id), 0, at)
}

# known(scope): it is a place that can be compared: of a subscription or within one, or the whole tenant.
known(text) if text == ""

known(text) if {
	regex.match(`^/subscriptions/[^/]+(/|$)`, text)
	not regex.match(`/providers/(\(|microsoft\.unknown/)`, text)
}

# meets(a, b, reach): two scopes meet: one holds the other, or, when the reach is "subscription", both lie in one subscription. With the
# reach "anywhere" all scopes do.
meets(_, _, reach) if reach == "anywhere"

meets(a, b, _) if startswith(sprintf("%s/", [a]), sprintf("%s/", [b]))

meets(a, b, _) if startswith(sprintf("%s/", [b]), sprintf("%s/", [a]))

meets(a, b, reach) if {
	reach == "subscription"
	parts := split(a, "/")
	parts[1] == "subscriptions"
	array.slice(split(b, "/"), 0, 3) == array.slice(parts, 0, 3)
}
