# METADATA
# title: The key is rotated automatically
# description: |
#   The longer one version of a key is in use, the more data a thief of it can read; and a firm that never rotates does not know
#   whether it could replace a lost or stolen key.
#   A rotation makes a new version. A resource whose encryption names one version of the key stays with the old one. A rotation that
#   counts back from the expiry comes only if both the key and the rotation policy set an expiry. Disabled keys are left out.
#   Azure lists keys without their kind and their rotation policy: without the kind (kty) the verdict is unknown. A pool keeps at most
#   100 versions of a key.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/key-rotation
# custom:
#   check: KV-KEY-001
#   severity: medium
#   resource: Microsoft.KeyVault/managedHSMs/keys
#   reads:
#     - {path: resource.properties.kty, type: string}
#     - {path: resource.properties.attributes.enabled, type: boolean}
#     - path: resource.properties.attributes.exp
#       type: integer
#       absent: "the key never expires, so a rotation that counts back from the expiry does not come"
#     - path: resource.properties.rotationPolicy.lifetimeActions
#       type: array
#       absent: "nothing happens to the key by itself: a read of the key leaves an empty policy out"
#     - path: resource.properties.rotationPolicy.attributes.expiryTime
#       type: string
#       absent: "new versions never expire"
#   parameters:
#     key_rotation_days_max: {type: integer, default: 365, min: 1, max: 3650, meaning: most days between two automatic rotations of a key}
#   controls:
#     RTS-7-1: covers renewal, one stage of the key lifecycle, with a policy that Azure carries out
#     RTS-7-3: each automatic rotation exercises the replacement of the key; that lost keys can be replaced is shown in part only
#     DORA-9-4-d: bounds how long one version of a key in the pool protects data
#   remediation:
#     az: |
#       az keyvault key rotation-policy update --hsm-name POOL --name KEY \
#         --value '{"lifetimeActions": [{"trigger": {"timeAfterCreate": "P180D"}, "action": {"type": "Rotate"}}], "attributes": {"expiryTime": "P1Y"}}'
#     terraform: |
#       resource "azurerm_key_vault_managed_hardware_security_module_key_rotation_policy" "example" {
#         managed_hsm_key_id  = azurerm_key_vault_managed_hardware_security_module_key.example.id
#         expire_after        = "P1Y"
#         time_after_creation = "P180D"
#       }
#     bicep: |
#       resource key 'Microsoft.KeyVault/managedHSMs/keys@2023-07-01' = {
#         // ...
#         properties: {
#           rotationPolicy: {
#             attributes: {
#               expiryTime: 'P1Y'
#             }
#             lifetimeActions: [
#               {
#                 trigger: {
#                   timeAfterCreate: 'P180D'
#                 }
#                 action: {
#                   type: 'rotate'
#                 }
#               }
#             ]
#           }
#         }
#       }
#     note: ARM creates keys and does not change them, so use az for a key that exists.
package azure.managed_hsm.key_rotation_configured

import data.lib.rotation

_actions := [action | some action in input.resource.properties.rotationPolicy.lifetimeActions]

default _expiry := ""

_expiry := input.resource.properties.rotationPolicy.attributes.expiryTime

_rotations := [action | some action in _actions; rotation.rotates(action)]

not_applicable contains "the key is disabled" if input.resource.properties.attributes.enabled == false

deny contains finding if {
	input.resource.properties.kty
	not rotation.unclear(_actions)
	count(_rotations) == 0
	finding := {
		"message": "no lifetime action rotates the key",
		"path": "resource.properties.rotationPolicy.lifetimeActions",
		"actual": [action.action.type | some action in _actions],
		"expected": "a rotate action",
	}
}

deny contains finding if {
	some action in _rotations
	days := rotation.interval(action, _expiry)
	days > data.parameters.key_rotation_days_max
	finding := {
		"message": sprintf("the key is rotated every %v days", [round(days)]),
		"path": "resource.properties.rotationPolicy.lifetimeActions",
		"actual": round(days),
		"expected": sprintf("at most %d days", [data.parameters.key_rotation_days_max]),
	}
}

deny contains finding if {
	some action in _rotations
	rotation.counts_back(action)
	_expiry == ""
	finding := {
		"message": "the rotation counts back from an expiry that new versions do not have",
		"path": "resource.properties.rotationPolicy.attributes.expiryTime",
		"actual": "absent",
		"expected": "a duration",
	}
}

deny contains finding if {
	some action in _rotations
	rotation.counts_back(action)
	input.resource.properties.attributes.enabled
	not input.resource.properties.attributes.exp
	finding := {
		"message": "the rotation counts back from an expiry that the key does not have",
		"path": "resource.properties.attributes.exp",
		"actual": "absent",
		"expected": "an expiry date",
	}
}

unknown contains "a lifetime action has an unknown type or a trigger that cannot be read" if rotation.unclear(_actions)

unknown contains reason if {
	_expiry != ""
	some action in _rotations
	not rotation.interval(action, _expiry)
	reason := sprintf("the days between two rotations cannot be computed with the expiry %s", [_expiry])
}
