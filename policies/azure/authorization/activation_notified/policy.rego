# METADATA
# title: Somebody is told when a privileged role is activated
# description: |
#   A role that is taken at night shows nobody anything until somebody looks. The settings can write to the administrators of the scope, or to
#   addresses of the firm, at each activation. Whether the message is read is not seen here. Roles that are not on the list of privileged roles are
#   left out. A rule that the answer does not hold is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
# custom:
#   check: PAM-PIM-002
#   severity: medium
#   resource: Microsoft.Authorization/roleManagementPolicyAssignments
#   reads:
#     - {path: resource.properties.roleDefinitionId, type: string}
#     - {path: resource.properties.effectiveRules, type: array}
#   parameters:
#     privileged_roles: {type: list, default: [owner, contributor, user_access_administrator, role_based_access_control_administrator], allowed: [owner, contributor, user_access_administrator, role_based_access_control_administrator], meaning: roles that count as privileged}
#   controls:
#     DORA-10-2: shows an automatic message to people when privilege is taken
#     RTS-21-e-ii: the use of privileged access is seen by others at the moment of use
#     RTS-21-a: a role that is taken without need is noticed
#   remediation:
#     terraform: |
#       resource "azurerm_role_management_policy" "example" {
#         # ...
#         notification_rules {
#           eligible_activations {
#             admin_notifications {
#               notification_level    = "All"
#               default_recipients    = true
#               additional_recipients = ["security-operations@example.com"]
#             }
#           }
#         }
#       }
#     portal: Privileged Identity Management > Azure resources > the scope > Settings > the role > Edit > Send notifications when eligible members activate this role > Role activation alert
package azure.authorization.activation_notified

import data.lib.arm
import data.lib.roles

_role := roles.named(input.resource.properties.roleDefinitionId, data.parameters.privileged_roles)

not_applicable contains "the role is not privileged" if {
	roles.guid(input.resource.properties.roleDefinitionId)
	not _role
}

unknown contains "the role is not known" if not roles.guid(input.resource.properties.roleDefinitionId)

_rules := [rule |
	some rule in input.resource.properties.effectiveRules
	arm.same(rule.id, "Notification_Admin_EndUser_Assignment")
]

_told(rule) if {
	rule.isDefaultRecipientsEnabled == true
	_level(rule)
}

_told(rule) if {
	some recipient in rule.notificationRecipients
	contains(recipient, "@")
	_level(rule)
}

_level(rule) if arm.one_of(rule.notificationLevel, ["All", "Critical"])

_silent(rule) if arm.same(rule.notificationLevel, "None")

_silent(rule) if {
	rule.isDefaultRecipientsEnabled == false
	count(rule.notificationRecipients) == 0
	_level(rule)
}

deny contains finding if {
	_role
	some rule in _rules
	_silent(rule)
	finding := {
		"message": "nobody is told when the role is activated",
		"path": "resource.properties.effectiveRules",
		"actual": rule.notificationLevel,
		"expected": "a message to administrators or to an address",
	}
}

unknown contains "who is told of an activation is not known" if count([rule | some rule in _rules; _told(rule)]) == 0
