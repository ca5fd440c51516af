# METADATA
# title: Geo-redundant backups of the Recovery Services vault can be restored in the paired region
# description: |
#   Geo-redundant storage copies the backups to the paired region, but without cross-region restore only Microsoft decides when that copy
#   may be read: after it has declared the region lost. With it, the firm restores there whenever it wants, and can test it. Once on it
#   cannot be switched off. Vaults whose storage is not geo-redundant have nothing there to restore from; another policy judges their
#   storage.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
# custom:
#   check: BV-GEO-001
#   severity: medium
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - path: resource.properties.redundancySettings.crossRegionRestore
#       type: string
#       absent: "Disabled: Azure's default"
#     - {path: resource.properties.redundancySettings.standardTierStorageRedundancy, type: string}
#   parameters:
#     backup_cross_region_restore_required: {type: boolean, default: true, meaning: whether geo-redundant backups must be restorable in the paired region at any time}
#   controls:
#     DORA-12-4: the copy in the other region is usable by the firm's own decision
#     DORA-12-2: a copy that only the provider can open is not activated when the firm needs it, nor tested
#     RTS-26-2: gives recovery plans for the loss of a region a restore that can be rehearsed
#     GDPR-32-1-c: access to personal data can be restored in another region without waiting for the provider
#   remediation:
#     az: az backup vault backup-properties set --resource-group RESOURCE_GROUP --name VAULT --cross-region-restore-flag true
#     terraform: |
#       resource "azurerm_recovery_services_vault" "example" {
#         # ...
#         cross_region_restore_enabled = true
#       }
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           redundancySettings: {
#             crossRegionRestore: 'Enabled'
#           }
#         }
#       }
package azure.recovery_services.cross_region_restore_enabled

import data.lib.arm

default _restore := "Disabled"

_restore := input.resource.properties.redundancySettings.crossRegionRestore

_kinds := [input.resource.properties.redundancySettings.standardTierStorageRedundancy]

not_applicable contains "restore in the paired region is not required of this vault" if {
	data.parameters.backup_cross_region_restore_required == false
}

not_applicable contains "no copy of the backups lies in another region" if {
	every kind in _kinds {
		arm.one_of(kind, ["LocallyRedundant", "ZoneRedundant"])
	}
}

deny contains finding if {
	some kind in _kinds
	arm.same(kind, "GeoRedundant")
	arm.same(_restore, "Disabled")
	finding := {
		"message": sprintf("cross-region restore is %s", [_restore]),
		"path": "resource.properties.redundancySettings.crossRegionRestore",
		"actual": _restore,
		"expected": "Enabled",
	}
}

unknown contains sprintf("cross-region restore is %q, which this policy does not know", [_restore]) if {
	not arm.one_of(_restore, ["Enabled", "Disabled"])
}

unknown contains sprintf("the kind of storage %v is not known to this policy", [kind]) if {
	some kind in _kinds
	not arm.one_of(kind, ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"])
}
