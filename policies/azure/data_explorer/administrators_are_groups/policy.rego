# METADATA
# title: Persons administer Data Explorer through groups
# description: |
#   A person who is named as administrator of all databases keeps the right when he changes his post, and it cannot be activated for a task
#   only. Membership of a group follows the identity process of the firm. Programs are left out: their identities are reviewed elsewhere.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/manage-cluster-permissions
# custom:
#   check: ADX-PAM-001
#   severity: medium
#   resource: Microsoft.Kusto/clusters/principalAssignments
#   reads:
#     - {path: resource.properties.principalType, type: string}
#     - {path: resource.properties.role, type: string}
#   controls:
#     RTS-20-2-b: administrators of the cluster come and go with membership of a group
#     RTS-21-a: the highest rights follow the need of the day once they hang on membership and not on a name
#     RTS-21-e-ii: membership of a group can be activated for a task through Privileged Identity Management
#   remediation:
#     az: az kusto cluster-principal-assignment create --resource-group RESOURCE_GROUP --cluster-name CLUSTER --principal-assignment-name dba --principal-id GROUP_ID --principal-type Group --role AllDatabasesAdmin
#     terraform: |
#       resource "azurerm_kusto_cluster_principal_assignment" "dba" {
#         name                = "dba"
#         resource_group_name = azurerm_kusto_cluster.example.resource_group_name
#         cluster_name        = azurerm_kusto_cluster.example.name
#         principal_id        = azuread_group.dba.object_id
#         principal_type      = "Group"
#         role                = "AllDatabasesAdmin"
#         tenant_id           = data.azurerm_client_config.current.tenant_id
#       }
#     bicep: |
#       resource assignment 'Microsoft.Kusto/clusters/principalAssignments@2024-04-13' = {
#         // ...
#         properties: {
#           principalId: groupId
#           principalType: 'Group'
#           role: 'AllDatabasesAdmin'
#           tenantId: tenant().tenantId
#         }
#       }
package azure.data_explorer.administrators_are_groups

import data.lib.arm

_principal_type := input.resource.properties.principalType

_role := input.resource.properties.role

not_applicable contains "the role does not administer the cluster" if arm.one_of(_role, ["AllDatabasesViewer", "AllDatabasesMonitor"])

deny contains finding if {
	arm.same(_principal_type, "User")
	finding := {
		"message": "a person is administrator of all databases",
		"path": "resource.properties.principalType",
		"actual": _principal_type,
		"expected": "Group or App",
	}
}

unknown contains sprintf("principalType is %q, which this policy does not know", [_principal_type]) if {
	not arm.one_of(_principal_type, ["Group", "App", "User"])
}

unknown contains sprintf("role is %q, which this policy does not know", [_role]) if {
	not arm.one_of(_role, ["AllDatabasesAdmin", "AllDatabasesViewer", "AllDatabasesMonitor"])
}
