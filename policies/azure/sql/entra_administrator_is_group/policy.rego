# METADATA
# title: The Entra administrator of the SQL server is a group
# description: |
#   A person who is named as administrator keeps the highest rights when he changes his post, and the rights cannot be activated for a task
#   only. Membership of a group follows the firm's identity process. A workload identity may be the administrator when
#   entra_administrator_ids_approved names it. Whether there is an administrator at all is judged by entra_administrator_set.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-overview
# custom:
#   check: SQL-AUTH-005
#   severity: medium
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: resource.properties.administrators.principalType
#       type: string
#       absent: "no administrator, unless the child resource names one"
#     - path: resource.properties.administrators.sid
#       type: string
#       absent: "not comparable: only a workload identity needs it, and is then unknown"
#     - {path: children.administrators.*}
#   parameters:
#     entra_administrator_ids_approved: {type: list, default: [], pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", meaning: object ids of the workload identities that may be Entra administrators of a database server}
#   controls:
#     RTS-20-2-b: administrators of the SQL server come and go with membership of a group, which the identity process of the firm keeps
#     RTS-21-a: the highest rights on the SQL server can follow the need of the day once they hang on membership and not on a name
#     RTS-21-e-ii: membership of a group can be activated for a task through Privileged Identity Management; a named administrator cannot
#   remediation:
#     az: az sql server ad-admin update --resource-group RESOURCE_GROUP --server-name SERVER --display-name GROUP_NAME --object-id GROUP_OBJECT_ID
#     terraform: |
#       resource "azurerm_mssql_server" "example" {
#         # ...
#         azuread_administrator {
#           login_username = "sg-payments-dba"
#           object_id      = azuread_group.dba.object_id
#         }
#       }
#     bicep: |
#       properties: {
#         administrators: {
#           administratorType: 'ActiveDirectory'
#           principalType: 'Group'
#           login: 'sg-payments-dba'
#           sid: groupObjectId
#           tenantId: tenant().tenantId
#         }
#       }
package azure.sql.entra_administrator_is_group

import data.lib.arm

_kind := input.resource.properties.administrators.principalType

_id := input.resource.properties.administrators.sid

not_applicable contains "the server has no Entra administrator" if {
	not _kind
	count(input.children.administrators) == 0
}

deny contains finding if {
	arm.same(_kind, "User")
	finding := {
		"message": "the Entra administrator is a person and not a group",
		"path": "resource.properties.administrators.principalType",
		"actual": _kind,
		"expected": "Group",
	}
}

deny contains finding if {
	arm.same(_kind, "Application")
	not arm.one_of(_id, data.parameters.entra_administrator_ids_approved)
	_id
	finding := {
		"message": "the Entra administrator is a workload identity that is not approved",
		"path": "resource.properties.administrators.principalType",
		"actual": _kind,
		"expected": "Group",
	}
}

unknown contains "the Entra administrator is a workload identity without an object id" if {
	arm.same(_kind, "Application")
	not _id
}

unknown contains sprintf("principalType is %q, which this policy does not know", [_kind]) if {
	not arm.one_of(_kind, ["User", "Group", "Application"])
}

# A child resource names the administrator without its kind.
unknown contains "the kind of the Entra administrator is not shown" if {
	not _kind
	count(input.children.administrators) > 0
}

unknown contains "the list of administrators is none that this policy understands" if not _listed

_listed if is_object(input.children.administrators)
