# METADATA
# title: A restored Cosmos DB account says when it ends
# description: |
#   Restored copies are made in haste and stay for years, with production data that nobody deletes on time. A tag with a date says when the
#   copy must be gone; the policy finds copies without one and copies that have outlived it. A copy that becomes the new production account
#   needs a waiver.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction
# custom:
#   check: RST-ISO-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.createMode
#       type: string
#       absent: "Default: the account was made empty"
#     - {path: resource.tags, type: object, absent: "the account has no tags"}
#     - path: context.at
#   parameters:
#     restore_end_tags: {type: list, default: [delete-after, expires-on], pattern: "^[^<>%&\\\\?/]{1,512}$", meaning: names of tags whose value is the date at which a restored copy must be gone}
#   controls:
#     DORA-12-3: shows whether the place of a restore is kept apart in time; the tag is what people say, and the copy is not looked into
#     RTS-16-5: a copy of production data outside of production has an end
#   remediation:
#     az: az resource tag --ids ACCOUNT_ID --is-incremental --tags delete-after=2026-12-31
#     terraform: |
#       resource "azurerm_cosmosdb_account" "restored" {
#         # ...
#         tags = { "delete-after" = "2026-12-31" }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         tags: { 'delete-after': '2026-12-31' }
#       }
#     note: Delete the copy when its time has come; the tag deletes nothing.
package azure.cosmos.restored_account_ends

import data.lib.arm

default _mode := "Default"

_mode := input.resource.properties.createMode

not_applicable contains "the account is no restored copy" if arm.same(_mode, "Default")

unknown contains sprintf("%q is no way to create an account that this policy knows", [_mode]) if not arm.one_of(_mode, ["Default", "Restore"])

default _tags := {}

_tags := input.resource.tags

_ends := {value |
	some name, value in _tags
	arm.one_of(name, data.parameters.restore_end_tags)
}

_day(value) := time.parse_rfc3339_ns(sprintf("%sT00:00:00Z", [substring(value, 0, 10)])) / 1000000000 if {
	regex.match(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T.*)?$`, value)
}

deny contains finding if {
	arm.same(_mode, "Restore")
	count(_ends) == 0
	finding := {
		"message": "no tag says when the restored account must be gone",
		"path": "resource.tags",
		"actual": sort(object.keys(_tags)),
		"expected": data.parameters.restore_end_tags,
	}
}

deny contains finding if {
	arm.same(_mode, "Restore")
	some value in _ends
	_day(value) + 86400 <= input.context.at
	finding := {
		"message": sprintf("the restored account should be gone since %s", [value]),
		"path": "resource.tags",
		"actual": value,
		"expected": "a day to come",
	}
}

unknown contains sprintf("%v is no date", [value]) if {
	some value in _ends
	not _dated(value)
}

_dated(value) if _day(value)
