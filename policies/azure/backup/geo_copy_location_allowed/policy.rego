# METADATA
# title: The second copy of the backup vault's backups is in an allowed region
# description: |
#   Geo-redundant storage copies backups to the paired region without naming it, and some pairs lie in other countries. The pair comes from
#   a table of Microsoft's regions with a date; a region without a known pair is unknown. Storage in one region makes no second copy, and an
#   empty list of regions checks nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-004
#   severity: high
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - {path: resource.location, type: string}
#     - {path: resource.properties.storageSettings, type: array}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region of the copy that nobody chose by name
#     RTS-4-2-b-ii: the register can hold the second place of the data as well
#     GDPR-44: a copy in a pair outside the list may be a transfer
#     GDPR-28-3-a: geo-redundancy is an instruction to copy, and this shows where to
#   remediation:
#     terraform: |
#       resource "azurerm_data_protection_backup_vault" "example" {
#         # ...
#         redundancy = "ZoneRedundant"
#       }
#     note: |
#       The redundancy of a vault in use is fixed: make a new vault with zone-redundant storage, or one in a region whose pair is allowed.
package azure.backup.geo_copy_location_allowed

import data.lib.arm
import data.lib.locations
import data.lib.regions

_kinds := [setting.type | some setting in input.resource.properties.storageSettings]

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "no copy of the backups lies in another region" if {
	count(_kinds) > 0
	every kind in _kinds {
		arm.one_of(kind, ["LocallyRedundant", "ZoneRedundant"])
	}
}

deny contains finding if {
	some kind in _kinds
	arm.same(kind, "GeoRedundant")
	pair := regions.pair(input.resource.location)
	locations.outside(pair, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("the paired region of %s is %s", [input.resource.location, pair]),
		"path": "resource.properties.storageSettings",
		"actual": pair,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains sprintf("no paired region of %q is known", [input.resource.location]) if not regions.pair(input.resource.location)

unknown contains sprintf("the kind of storage %v is not known to this policy", [kind]) if {
	some kind in _kinds
	not arm.one_of(kind, ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"])
}
