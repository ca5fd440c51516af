# METADATA
# title: The Recovery Services vault keeps backups in more than one place
# description: |
#   Locally redundant storage lies in one data centre: a fire there takes the backups, and often the data that they protect as well.
#   Zone-redundant storage spans the zones of the region, geo-redundant storage adds the paired region. The kind is fixed once the vault
#   protects something; a finding then means a new vault. Old vaults do not show it in their own properties: they are unknown here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-backup
# custom:
#   check: BV-ZR-001
#   severity: medium
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - {path: resource.properties.redundancySettings.standardTierStorageRedundancy, type: string}
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
#     az: az backup vault backup-properties set --resource-group RESOURCE_GROUP --name VAULT --backup-storage-redundancy ZoneRedundant
#     terraform: |
#       resource "azurerm_recovery_services_vault" "example" {
#         # ...
#         storage_mode_type = "ZoneRedundant"
#       }
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           redundancySettings: {
#             standardTierStorageRedundancy: 'ZoneRedundant'
#           }
#         }
#       }
package azure.recovery_services.storage_redundant

import data.lib.arm

_kind := input.resource.properties.redundancySettings.standardTierStorageRedundancy

deny contains finding if {
	arm.one_of(_kind, ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"])
	not arm.one_of(_kind, data.parameters.backup_redundancies_allowed)
	finding := {
		"message": sprintf("backups are kept in %s storage", [_kind]),
		"path": "resource.properties.redundancySettings.standardTierStorageRedundancy",
		"actual": _kind,
		"expected": concat(" or ", data.parameters.backup_redundancies_allowed),
	}
}

unknown contains sprintf("the kind of storage %v is not known to this policy", [_kind]) if {
	not arm.one_of(_kind, ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"])
}
