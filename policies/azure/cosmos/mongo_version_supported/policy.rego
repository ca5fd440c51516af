# METADATA
# title: Cosmos DB for MongoDB speaks a version that is still supported
# description: |
#   Old versions of the MongoDB protocol get no corrections, drivers stop speaking them, and Azure ends them at a date it announces. The
#   supported versions are a parameter, mongo_versions_supported, because they change. Accounts of other APIs are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/mongodb/feature-support-70
# custom:
#   check: INV-EOL-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.kind
#       type: string
#       absent: "GlobalDocumentDB: the default kind of account"
#     - {path: resource.properties.apiProperties.serverVersion, type: string}
#   parameters:
#     mongo_versions_supported: {type: list, default: ["4.2", "5.0", "6.0", "7.0"], pattern: "^[0-9]+[.][0-9]+$", meaning: versions of the MongoDB protocol that the service still supports}
#   controls:
#     RTS-4-2-b-ix: compares the version that the account runs with the versions the supplier still supports
#     DORA-7-intro: a version out of support no longer gets corrections and cannot be kept up to date
#     DORA-8-7: names the legacy systems that the yearly assessment has to look at
#     DORA-9-4-f: patches exist only for versions in support; that they are applied is not seen here
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --server-version 7.0
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         mongo_server_version = "7.0"
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           apiProperties: { serverVersion: '7.0' }
#         }
#       }
#     portal: Cosmos DB account > Settings > Features > Upgrade MongoDB server version
package azure.cosmos.mongo_version_supported

import data.lib.arm

default _kind := "GlobalDocumentDB"

_kind := input.resource.kind

_version := input.resource.properties.apiProperties.serverVersion

not_applicable contains "the account does not speak the MongoDB protocol" if arm.same(_kind, "GlobalDocumentDB")

deny contains finding if {
	regex.match(`^[0-9]+[.][0-9]+$`, _version)
	not _version in data.parameters.mongo_versions_supported
	finding := {
		"message": sprintf("the account speaks version %s, which is not supported", [_version]),
		"path": "resource.properties.apiProperties.serverVersion",
		"actual": _version,
		"expected": data.parameters.mongo_versions_supported,
	}
}

unknown contains sprintf("%q is no version", [_version]) if not regex.match(`^[0-9]+[.][0-9]+$`, _version)

unknown contains sprintf("the kind of account %q is not known", [_kind]) if {
	not arm.one_of(_kind, ["GlobalDocumentDB", "MongoDB"])
}
