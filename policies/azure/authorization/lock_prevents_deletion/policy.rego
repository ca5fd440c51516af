# METADATA
# title: The lock prevents deletion
# description: |
#   A lock of no stated level is listed as a lock and stops nobody. Which resources should have one, this policy does not see.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
# custom:
#   check: PAM-LOCK-001
#   severity: low
#   resource: Microsoft.Authorization/locks
#   reads:
#     - {path: resource.properties.level, type: string}
#   controls:
#     DORA-9-3-d: a slip of an administrator cannot delete what the lock is meant to keep
#   fix: {path: resource.properties.level, value: CanNotDelete}
#   remediation:
#     az: az lock create --name keep --resource-group RESOURCE_GROUP --lock-type CanNotDelete
#     terraform: |
#       resource "azurerm_management_lock" "example" {
#         # ...
#         lock_level = "CanNotDelete"
#       }
#     bicep: |
#       properties: { level: 'CanNotDelete' }
package azure.authorization.lock_prevents_deletion

import data.lib.arm

_level := input.resource.properties.level

deny contains finding if {
	arm.same(_level, "NotSpecified")
	finding := {
		"message": sprintf("the level of the lock is %s", [_level]),
		"path": "resource.properties.level",
		"actual": _level,
		"expected": "CanNotDelete or ReadOnly",
	}
}

unknown contains sprintf("level is %q, which this policy does not know", [_level]) if {
	not arm.one_of(_level, ["CanNotDelete", "ReadOnly", "NotSpecified"])
}
