# METADATA
# title: PostgreSQL's Microsoft Entra administrators are groups
# description: |
#   A person who is administrator by name holds the highest rights on every database of the server day and night. Membership of a group can be
#   granted for hours, approved and reviewed. Workload identities that have to be administrators are listed by object id in
#   entra_administrator_ids_approved. A server that accepts Entra identities and has no such administrator fails too: nobody can create the
#   first Entra role. Who is in the group, and for how long, is not visible here. A group that signs in under its own name hides the member's:
#   see pgaadauth.enable_group_sync.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-entra-concepts
#   - ref: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/concept-pim-for-groups
# custom:
#   check: PG-AUTH-003
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.authConfig.activeDirectoryAuth
#       type: string
#       absent: "Disabled: a server without authConfig accepts passwords only"
#     - {path: "children.administrators.*.properties.principalType", type: string}
#     - path: children.administrators.*.properties.objectId
#       type: string
#       absent: "not comparable: a template gives the object id as the child's name; only a workload identity needs it, and is then unknown"
#   parameters:
#     entra_administrator_ids_approved: {type: list, default: [], pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", meaning: object ids of the workload identities that may be Entra administrators of a database server}
#   controls:
#     RTS-20-2-b: administrators come and go with membership of a group, which the firm's identity process keeps, and not server by server
#     RTS-21-a: highest rights can follow the need of the day once they hang on membership and not on a name
#     RTS-21-e-ii: membership of a group can be activated for a task through Privileged Identity Management; a named administrator cannot
#   remediation:
#     az: |
#       az postgres flexible-server microsoft-entra-admin create --resource-group RESOURCE_GROUP --server-name SERVER \
#         --display-name GROUP --object-id GROUP_OBJECT_ID --type Group
#       az postgres flexible-server microsoft-entra-admin delete --resource-group RESOURCE_GROUP --server-name SERVER --object-id USER_OBJECT_ID
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_active_directory_administrator" "dba" {
#         server_name         = azurerm_postgresql_flexible_server.example.name
#         resource_group_name = azurerm_postgresql_flexible_server.example.resource_group_name
#         tenant_id           = data.azurerm_client_config.current.tenant_id
#         object_id           = azuread_group.dba.object_id
#         principal_name      = azuread_group.dba.display_name
#         principal_type      = "Group"
#       }
#     bicep: |
#       resource dba 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2025-08-01' = {
#         parent: server
#         name: groupObjectId
#         properties: { principalName: groupName, principalType: 'Group', tenantId: tenant().tenantId }
#       }
#     portal: Server > Security > Authentication > Add Microsoft Entra administrators
package azure.postgresql.entra_administrator_is_group

import data.lib.arm

default _entra := "Disabled"

_entra := input.resource.properties.authConfig.activeDirectoryAuth

_has_administrator if {
	some _ in input.children.administrators
}

not_applicable contains "the server does not accept Microsoft Entra identities" if arm.same(_entra, "Disabled")

deny contains finding if {
	arm.same(_entra, "Enabled")
	not _has_administrator
	finding := {
		"message": "the server accepts Microsoft Entra identities, but has no Entra administrator",
		"path": "children.administrators.*.properties.principalType",
		"actual": "none",
		"expected": "Group",
	}
}

deny contains finding if {
	some name, administrator in input.children.administrators
	arm.same(administrator.properties.principalType, "User")
	finding := {
		"message": sprintf("the administrator %s is a person and not a group", [name]),
		"path": "children.administrators.*.properties.principalType",
		"actual": administrator.properties.principalType,
		"expected": "Group",
	}
}

deny contains finding if {
	some name, administrator in input.children.administrators
	arm.same(administrator.properties.principalType, "ServicePrincipal")
	not arm.one_of(administrator.properties.objectId, data.parameters.entra_administrator_ids_approved)
	administrator.properties.objectId
	finding := {
		"message": sprintf("the administrator %s is a workload identity that is not approved", [name]),
		"path": "children.administrators.*.properties.principalType",
		"actual": administrator.properties.principalType,
		"expected": "Group",
	}
}

unknown contains sprintf("the administrator %s is a workload identity without an object id", [name]) if {
	some name, administrator in input.children.administrators
	arm.same(administrator.properties.principalType, "ServicePrincipal")
	not administrator.properties.objectId
}

unknown contains sprintf("the administrator %s is of kind %q, which this policy does not know", [name, kind]) if {
	some name, administrator in input.children.administrators
	kind := administrator.properties.principalType
	not arm.one_of(kind, ["User", "Group", "ServicePrincipal"])
}

unknown contains sprintf("activeDirectoryAuth is %q, which this policy does not know", [_entra]) if {
	not arm.one_of(_entra, ["Enabled", "Disabled"])
}
