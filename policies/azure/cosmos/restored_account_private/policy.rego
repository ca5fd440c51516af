# METADATA
# title: A restored Cosmos DB account is closed to the internet
# description: |
#   A restore makes a new account with production data and does not take over the network rules of its source. Until somebody closes it, it
#   is reached from wherever its keys are. Azure keeps the way of creation on the account; of PostgreSQL, MySQL and SQL servers it does not,
#   and those are judged like any other server.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction
# custom:
#   check: RST-ISO-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.createMode
#       type: string
#       absent: "Default: the account was made empty"
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: an account takes calls from any network until it is told not to"
#   controls:
#     DORA-12-3: shows whether the place of a restore is open to the internet; whether it is apart from the source, and clean, is not seen here
#     RTS-8-2-b-v: restored production data is not within reach of everything that has a key
#     GDPR-32-1-b: a second copy of personal data is protected as the first should be
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --public-network-access DISABLED
#     terraform: |
#       resource "azurerm_cosmosdb_account" "restored" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     note: A restore can ask for it from the start, with --public-network-access DISABLED.
package azure.cosmos.restored_account_private

import data.lib.arm

default _mode := "Default"

_mode := input.resource.properties.createMode

not_applicable contains "the account is no restored copy" if arm.same(_mode, "Default")

unknown contains sprintf("%q is no way to create an account that this policy knows", [_mode]) if not arm.one_of(_mode, ["Default", "Restore"])

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public, "Enabled")
	finding := {
		"message": "the restored account takes calls from public networks",
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public,
		"expected": "Disabled",
	}
}

unknown contains sprintf("%q is no kind of network access that this policy knows", [_public]) if {
	not arm.one_of(_public, ["Enabled", "Disabled", "SecuredByPerimeter"])
}
