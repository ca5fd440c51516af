# METADATA
# title: The backup vault keeps backups in more than one place
# description: |
#   Locally redundant storage lies in one data centre: a fire there takes the backups, and often the data that they protect as well.
#   Zone-redundant storage spans the zones of the region, geo-redundant storage adds the paired region. The kind is fixed once the vault
#   protects something; a finding then means a new vault.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-support-matrix
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-backup
# custom:
#   check: BV-ZR-001
#   severity: medium
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - {path: resource.properties.storageSettings, type: array}
#   parameters:
#     backup_redundancies_allowed: {type: list, default: [ZoneRedundant, GeoRedundant], allowed: [LocallyRedundant, ZoneRedundant, GeoRedundant], meaning: kinds of storage in which backups may be kept}
#   controls:
#     DORA-12-4: the copies are kept in redundant storage and not in one data centre
#     DORA-11-5: compares the storage of backups with what the firm decided for critical components
#     DORA-9-2: the tool that keeps backups available does not depend on one building
#     RTS-26-1-c: recovery plans that start from a backup find one after the loss of a zone
#     GDPR-32-1-b: a failure of one site does not end the availability of the copies of personal data
#     DORA-12-2: a backup that is lost with the zone cannot be activated
#   remediation:
#     az: |
#       az dataprotection backup-vault create --resource-group RESOURCE_GROUP --vault-name NEW_VAULT --location REGION \
#         --type SystemAssigned --storage-settings datastore-type=VaultStore type=ZoneRedundant
#     terraform: |
#       resource "azurerm_data_protection_backup_vault" "example" {
#         # ...
#         datastore_type = "VaultStore"
#         redundancy     = "ZoneRedundant"
#       }
#     bicep: |
#       resource vault 'Microsoft.DataProtection/backupVaults@2025-07-01' = {
#         // ...
#         properties: {
#           storageSettings: [{ datastoreType: 'VaultStore', type: 'ZoneRedundant' }]
#         }
#       }
package azure.backup.storage_redundant

import data.lib.arm

_kinds := [kind | some setting in input.resource.properties.storageSettings; kind := object.get(setting, "type", "nobody names")]

deny contains finding if {
	some kind in _kinds
	arm.one_of(kind, ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"])
	not arm.one_of(kind, data.parameters.backup_redundancies_allowed)
	finding := {
		"message": sprintf("backups are kept in %s storage", [kind]),
		"path": "resource.properties.storageSettings",
		"actual": kind,
		"expected": concat(" or ", data.parameters.backup_redundancies_allowed),
	}
}

unknown contains sprintf("the kind of storage %v is not known to this policy", [kind]) if {
	some kind in _kinds
	not arm.one_of(kind, ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"])
}

unknown contains "the vault names no storage" if count(_kinds) == 0
