# METADATA
# title: Roles on data of Cosmos DB are assigned for a database or container
# description: |
#   The role of a data contributor for a whole account writes to every database in it, those that are added later as well. A program needs
#   one database or container as a rule. The built-in role that only reads is left out, and so are roles of the firm's own making.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-security
# custom:
#   check: COS-PAM-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments
#   reads:
#     - {path: resource.properties.scope, type: string}
#     - {path: resource.properties.roleDefinitionId, type: string}
#   controls:
#     RTS-21-a: the right to write follows the database that a program needs and not the account that it shares
#     DORA-9-4-c: access to data of the account is restricted to what the activity needs
#     GDPR-25-2: access to personal data does not extend by default to databases that are added later
#   remediation:
#     az: az cosmosdb sql role assignment create --resource-group RESOURCE_GROUP --account-name ACCOUNT --role-definition-id 00000000-0000-0000-0000-000000000002 --principal-id PRINCIPAL_ID --scope /dbs/DATABASE
#     terraform: |
#       resource "azurerm_cosmosdb_sql_role_assignment" "example" {
#         resource_group_name = azurerm_cosmosdb_account.example.resource_group_name
#         account_name        = azurerm_cosmosdb_account.example.name
#         role_definition_id  = "${azurerm_cosmosdb_account.example.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002"
#         principal_id        = azurerm_user_assigned_identity.example.principal_id
#         scope               = "${azurerm_cosmosdb_account.example.id}/dbs/ledger"
#       }
#     bicep: |
#       resource assignment 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-10-15' = {
#         parent: account
#         name: guid(account.id, principalId, 'ledger')
#         properties: {
#           roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'
#           principalId: principalId
#           scope: '${account.id}/dbs/ledger'
#         }
#       }
#     note: Delete the assignment for the whole account afterwards.
package azure.cosmos.data_role_assignment_narrow

_scope := lower(input.resource.properties.scope)

_contributor if endswith(lower(input.resource.properties.roleDefinitionId), "/sqlroledefinitions/00000000-0000-0000-0000-000000000002")

_account if regex.match(`/databaseaccounts/[^/]+/?$`, _scope)

_part if regex.match(`/databaseaccounts/[^/]+/(dbs|colls)/[^/]+`, _scope)

deny contains finding if {
	_contributor
	_account
	finding := {
		"message": "the role writes to every database of the account",
		"path": "resource.properties.scope",
		"actual": input.resource.properties.scope,
		"expected": "a database or container",
	}
}

unknown contains sprintf("the scope %q is neither an account nor a part of one", [input.resource.properties.scope]) if {
	not _account
	not _part
}
