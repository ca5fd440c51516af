# METADATA
# title: No custom role may define or assign roles
# description: |
#   Who may write role definitions or assignments may give himself every right. In a custom role this stays unseen by those who watch the
#   administrators of access. Built-in roles are left out. The policy knows the usual spellings of these rights, with and without wildcards,
#   and not every pattern that Azure would accept.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/custom-roles
# custom:
#   check: PAM-ROLE-002
#   severity: high
#   resource: Microsoft.Authorization/roleDefinitions
#   reads:
#     - {path: resource.properties.type, type: string}
#     - {path: resource.properties.permissions, type: array}
#   controls:
#     RTS-21-a: shows a role whose holder can widen his own rights
#     RTS-21-b: the right to grant access is kept apart from the right to use it
#     DORA-9-4-c: rights are administered by those who are meant to and by nobody else
#   remediation:
#     az: az role definition update --role-definition role-with-named-actions.json
#     terraform: |
#       resource "azurerm_role_definition" "example" {
#         # ...
#         permissions {
#           actions = ["Microsoft.Web/sites/restart/action", "*/read"]
#         }
#       }
#     bicep: |
#       permissions: [{ actions: ['Microsoft.Web/sites/restart/action', '*/read'] }]
package azure.authorization.custom_role_cannot_grant_roles

import data.lib.arm

not_applicable contains "the role is built in" if arm.same(input.resource.properties.type, "BuiltInRole")

# notActions take rights away again, but only from this role.
_withheld(permission) := {lower(action) | some action in object.get(permission, "notActions", [])}

deny contains finding if {
	arm.same(input.resource.properties.type, "CustomRole")
	some permission in input.resource.properties.permissions
	some action in permission.actions
	lower(action) in {"*", "*/write", "microsoft.authorization/*", "microsoft.authorization/*/write", "microsoft.authorization/roleassignments/*", "microsoft.authorization/roleassignments/write", "microsoft.authorization/roledefinitions/*", "microsoft.authorization/roledefinitions/write"}
	not lower(action) in _withheld(permission)
	not "microsoft.authorization/*/write" in _withheld(permission)
	not "microsoft.authorization/*" in _withheld(permission)
	finding := {
		"message": sprintf("the role may do %s", [action]),
		"path": "resource.properties.permissions",
		"actual": action,
		"expected": "no right to write role definitions or assignments",
	}
}

unknown contains sprintf("%v is no kind of role that this policy knows", [input.resource.properties.type]) if {
	not arm.one_of(input.resource.properties.type, ["BuiltInRole", "CustomRole"])
}

unknown contains "the permissions of the role cannot be read" if {
	some permission in input.resource.properties.permissions
	not _readable(permission)
}

_readable(permission) if {
	is_array(permission.actions)
	every action in permission.actions {
		is_string(action)
	}
}
