# METADATA
# title: Keys of Cosmos DB cannot change databases and containers
# description: |
#   With an account key in hand, anybody can delete a container, change its indexes or its throughput, past roles, locks and the activity
#   log of Azure. With metadata writes by key turned off, such changes go through Azure Resource Manager, where rights are given by role and
#   each change has a name.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/role-based-access-control
# custom:
#   check: COS-AUTH-002
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.disableKeyBasedMetadataWriteAccess
#       type: boolean
#       absent: "false: keys may change metadata unless it is turned off"
#   controls:
#     DORA-9-4-c: the structure of the data is changed only by those to whom a role gives that right
#     RTS-21-c: changes of databases and containers can be traced to a person
#     RTS-20-1: who changes the structure is identified, which the holder of a key is not
#     GDPR-32-1-b: a leaked key cannot delete the containers that hold personal data
#   fix: {path: resource.properties.disableKeyBasedMetadataWriteAccess, value: true}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --disable-key-based-metadata-write-access true
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         access_key_metadata_writes_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           disableKeyBasedMetadataWriteAccess: true
#         }
#       }
#     note: Applications that make containers with an SDK and a key stop working; make containers in code or with the management SDK.
package azure.cosmos.key_based_metadata_writes_disabled

default _disabled := false

_disabled := input.resource.properties.disableKeyBasedMetadataWriteAccess

deny contains finding if {
	_disabled == false
	finding := {
		"message": "a key of the account may change databases, containers and throughput",
		"path": "resource.properties.disableKeyBasedMetadataWriteAccess",
		"actual": false,
		"expected": true,
	}
}
