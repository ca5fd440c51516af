# METADATA
# title: No custom role may do everything
# description: |
#   A custom role with the action * is an owner under another name. It is not counted by those who watch the owners, and its holders may
#   give rights to others. Built-in roles are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/custom-roles
# custom:
#   check: PAM-ROLE-001
#   severity: high
#   resource: Microsoft.Authorization/roleDefinitions
#   reads:
#     - {path: resource.properties.type, type: string}
#     - {path: resource.properties.permissions, type: array}
#   controls:
#     RTS-21-a: shows a role that cannot be the least privilege of any task
#     RTS-21-b: one role that may do everything defeats any separation of duties
#     DORA-9-4-c: a role limits access to approved activities only if it names them
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
package azure.authorization.custom_role_without_wildcard

import data.lib.arm

not_applicable contains "the role is built in" if arm.same(input.resource.properties.type, "BuiltInRole")

deny contains finding if {
	arm.same(input.resource.properties.type, "CustomRole")
	some permission in input.resource.properties.permissions
	some action in permission.actions
	action == "*"
	finding := {
		"message": "the role may do everything",
		"path": "resource.properties.permissions",
		"actual": action,
		"expected": "named actions",
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
