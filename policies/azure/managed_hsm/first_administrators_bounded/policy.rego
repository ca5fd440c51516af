# METADATA
# title: The HSM pool has more than one first administrator, and few
# description: |
#   The first administrators of a pool hold its highest role from the beginning. A single one is a single point of failure: when he is gone,
#   nobody can give out rights. Many of them are many who can give themselves any key. Later assignments are made in the pool and are not
#   seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/access-control
# custom:
#   check: KV-PAM-001
#   severity: medium
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - {path: resource.properties.initialAdminObjectIds, type: array}
#   parameters:
#     hsm_first_administrators_min: {type: integer, default: 2, min: 1, max: 10, meaning: fewest administrators with which an HSM pool is made}
#     hsm_first_administrators_max: {type: integer, default: 5, min: 1, max: 20, meaning: most administrators with which an HSM pool is made}
#   controls:
#     RTS-21-a: the highest role of the pool is with few from the beginning
#     RTS-7-2: the keys cannot be shut off by the absence of one person, nor taken over by one of many
#     DORA-10-1: points to a single person as a single point of failure
#   remediation:
#     az: |
#       az keyvault role assignment list --hsm-name HSM --role "Managed HSM Administrator"
#     terraform: |
#       resource "azurerm_key_vault_managed_hardware_security_module" "example" {
#         # ...
#         admin_object_ids = [azuread_group.hsm_administrators.object_id, azuread_group.break_glass.object_id]
#       }
#     bicep: |
#       resource pool 'Microsoft.KeyVault/managedHSMs@2026-02-01' = {
#         // ...
#         properties: {
#           initialAdminObjectIds: [ administratorsGroupId, breakGlassGroupId ]
#         }
#       }
#     note: The list is read at creation only. Change the assignments of the role Managed HSM Administrator in the pool.
package azure.managed_hsm.first_administrators_bounded

_count := count({lower(id) | some id in input.resource.properties.initialAdminObjectIds})

_bounds := sprintf("%v to %v", [data.parameters.hsm_first_administrators_min, data.parameters.hsm_first_administrators_max])

deny contains finding if {
	_count < data.parameters.hsm_first_administrators_min
	finding := {
		"message": sprintf("the pool began with %v administrators, fewer than %v", [_count, data.parameters.hsm_first_administrators_min]),
		"path": "resource.properties.initialAdminObjectIds",
		"actual": _count,
		"expected": _bounds,
	}
}

deny contains finding if {
	_count > data.parameters.hsm_first_administrators_max
	finding := {
		"message": sprintf("the pool began with %v administrators, more than %v", [_count, data.parameters.hsm_first_administrators_max]),
		"path": "resource.properties.initialAdminObjectIds",
		"actual": _count,
		"expected": _bounds,
	}
}

unknown contains "an administrator has no id" if {
	some id in input.resource.properties.initialAdminObjectIds
	not is_string(id)
}
