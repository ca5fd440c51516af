# METADATA
# title: Roles of the firm on data of Cosmos DB name what they allow
# description: |
#   A role of the firm's own that ends in * allows all that Azure will ever add below, deleting items and changing procedures included, and
#   is no narrower than the built-in one. The built-in roles are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-security
# custom:
#   check: COS-PAM-002
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions
#   reads:
#     - {path: resource.properties.permissions, type: array}
#     - {path: resource.properties.type, type: string}
#   controls:
#     RTS-21-a: the role grants named actions, which is what least privilege asks of a role
#     RTS-21-b: reading, writing and deleting can be given to different programs
#     DORA-9-4-c: access to data of the account is restricted to what the activity needs
#   remediation:
#     az: az cosmosdb sql role definition update --resource-group RESOURCE_GROUP --account-name ACCOUNT --body @role.json
#     terraform: |
#       resource "azurerm_cosmosdb_sql_role_definition" "example" {
#         resource_group_name = azurerm_cosmosdb_account.example.resource_group_name
#         account_name        = azurerm_cosmosdb_account.example.name
#         name                = "ledger-writer"
#         assignable_scopes   = ["${azurerm_cosmosdb_account.example.id}/dbs/ledger"]
#         permissions {
#           data_actions = ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create"]
#         }
#       }
#     bicep: |
#       permissions: [
#         { dataActions: [ 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create' ] }
#       ]
package azure.cosmos.data_role_names_actions

import data.lib.arm

_kind := input.resource.properties.type

_wide contains action if {
	some permission in input.resource.properties.permissions
	some action in permission.dataActions
	endswith(action, "*")
}

not_applicable contains "the role belongs to Azure" if arm.same(_kind, "BuiltInRole")

deny contains finding if {
	count(_wide) > 0
	finding := {
		"message": sprintf("the role allows %s", [concat(", ", sort(_wide))]),
		"path": "resource.properties.permissions",
		"actual": sort(_wide),
		"expected": "named actions",
	}
}

unknown contains sprintf("the kind of role %q is not known", [_kind]) if not arm.one_of(_kind, ["BuiltInRole", "CustomRole"])

unknown contains "some permission names no actions" if {
	some permission in input.resource.properties.permissions
	not _has_actions(permission)
}

_has_actions(permission) if is_array(permission.dataActions)
