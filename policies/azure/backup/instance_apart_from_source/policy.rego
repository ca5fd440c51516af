# METADATA
# title: The backup lies in another subscription than its source
# description: |
#   Whoever owns a subscription can destroy all that is in it. Where the vault shares the subscription of the database that it protects, one
#   account, one wrong script or one suspended bill reaches both. Another subscription is one part of the separation only: this policy does
#   not see whether the two have the same owners or networks. Code that does not name its subscriptions is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/guidance-best-practices
# custom:
#   check: BV-SEG-001
#   severity: high
#   resource: Microsoft.DataProtection/backupVaults/backupInstances
#   reads:
#     - {path: resource.properties.dataSourceInfo.resourceID, type: string}
#   parameters:
#     backup_own_subscription_required: {type: boolean, default: true, meaning: whether backups must lie in another subscription than their source}
#   controls:
#     DORA-12-3: shows the logical separation of the backup from its source at the level of the subscription
#     DORA-9-4-b: a subscription that is under attack can be cut off without the backups in it
#     RTS-13-1-a: backups stand in a segment of their own
#   remediation:
#     az: |
#       az dataprotection backup-vault create --subscription BACKUP_SUBSCRIPTION --resource-group RESOURCE_GROUP --vault-name NEW_VAULT \
#         --location REGION --type SystemAssigned --storage-settings datastore-type=VaultStore type=ZoneRedundant
#     note: |
#       An instance cannot move. Protect the server in a vault of the other subscription, keep the old recovery points until they have run
#       out, then delete the old instance.
package azure.backup.instance_apart_from_source

_subscription(id) := parts[2] if {
	parts := split(lower(id), "/")
	parts[1] == "subscriptions"
	parts[2] != ""
}

# Code without a named subscription gets an id of this form for it.
_stand_in(subscription) if regex.match(`^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8`, subscription)

_vault := _subscription(input.resource.id)

_source := _subscription(input.resource.properties.dataSourceInfo.resourceID)

not_applicable contains "backups need no subscription of their own" if data.parameters.backup_own_subscription_required == false

deny contains finding if {
	_vault == _source
	not _stand_in(_vault)
	finding := {
		"message": "the vault and what it protects share a subscription",
		"path": "resource.properties.dataSourceInfo.resourceID",
		"actual": _source,
		"expected": "another subscription than that of the vault",
	}
}

unknown contains "the subscription of the vault is not known" if _stand_in(_vault)

unknown contains "the subscription of the source is not known" if _stand_in(_source)

unknown contains "the source names no subscription" if {
	input.resource.properties.dataSourceInfo.resourceID
	not _source
}
