# METADATA
# title: The key is renewed well before it expires
# description: |
#   When a key expires, every database that it encrypts becomes inaccessible.
#   Inside the warning time the key passes only if its rotation policy rotates it at a moment that is still to come and before the
#   expiry; a rotation that should have happened already does not count. Keys without an expiry and disabled keys are left out.
#   Azure lists keys without their kind and their rotation policy: without the kind (kty) the verdict is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation
# custom:
#   check: KV-KEY-002
#   severity: high
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - path: resource.properties.attributes.exp
#       type: integer
#       absent: "the key never expires, so the policy does not concern it"
#     - {path: resource.properties.attributes.enabled, type: boolean}
#     - {path: resource.properties.attributes.created, type: integer}
#     - {path: resource.properties.kty, type: string}
#     - path: resource.properties.rotationPolicy.lifetimeActions
#       type: array
#       absent: "nothing renews the key by itself: a read of the key leaves an empty policy out"
#     - context.at
#   parameters:
#     key_expiry_warning_days: {type: integer, default: 30, min: 1, max: 365, meaning: days before its expiry from which a key must be renewed}
#   controls:
#     RTS-7-1: follows the lifecycle of the key to its end and asks for the renewal before it
#     RTS-7-2: an expired key is lost to its users; the warning time leaves room to prevent that
#   remediation:
#     az: az keyvault key rotate --vault-name VAULT --name KEY
#     terraform: |
#       resource "azurerm_key_vault_key" "example" {
#         # ...
#         rotation_policy {
#           expire_after         = "P1Y"
#           notify_before_expiry = "P30D"
#           automatic {
#             time_before_expiry = "P60D"
#           }
#         }
#       }
#     note: A resource that names one version of the key must be pointed at the new version; give the key an automatic rotation, so that this does not come back.
package azure.key_vault.key_expiry_not_imminent

import data.lib.durations
import data.lib.rotation

_actions := [action | some action in input.resource.properties.rotationPolicy.lifetimeActions]

_left := durations.between(input.context.at, input.resource.properties.attributes.exp)

_imminent if {
	_left > 0
	_left <= data.parameters.key_expiry_warning_days
}

_rotation_ahead if {
	some action in _actions
	created := input.resource.properties.attributes.created
	exp := input.resource.properties.attributes.exp
	rotation.ahead(action, created, exp, input.context.at)
}

not_applicable contains "the key is disabled" if input.resource.properties.attributes.enabled == false

not_applicable contains "the key never expires" if {
	input.resource.properties.attributes.enabled
	not input.resource.properties.attributes.exp
}

deny contains finding if {
	_left <= 0
	finding := {
		"message": sprintf("the key expired %v days ago", [floor(0 - _left)]),
		"path": "resource.properties.attributes.exp",
		"actual": input.resource.properties.attributes.exp,
		"expected": "a date to come",
	}
}

deny contains finding if {
	_imminent
	input.resource.properties.kty
	input.resource.properties.attributes.created
	not rotation.unclear(_actions)
	not _rotation_ahead
	finding := {
		"message": sprintf("the key expires in %v days and no rotation comes before", [floor(_left)]),
		"path": "resource.properties.attributes.exp",
		"actual": floor(_left),
		"expected": sprintf("more than %d days, or a rotation before the expiry", [data.parameters.key_expiry_warning_days]),
	}
}

unknown contains "a lifetime action has an unknown type or a trigger that cannot be read" if {
	_imminent
	rotation.unclear(_actions)
}
