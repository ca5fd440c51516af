# METADATA
# title: The key is as long as the firm requires
# description: |
#   A key that is too short, or on a curve that the firm does not trust, can be broken while the data under it still matters.
#   Kind, size and curve are fixed when the key is made: a finding means a new key. PostgreSQL and MySQL flexible servers take RSA
#   keys only.
#   No law names the numbers: they are the firm's.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
# custom:
#   check: KV-KEY-003
#   severity: medium
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - {path: resource.properties.kty, type: string}
#     - path: resource.properties.keySize
#       type: integer
#       absent: "an elliptic curve key has no size; the policy answers unknown for any other key without one"
#     - path: resource.properties.curveName
#       type: string
#       absent: "an RSA key has no curve; the policy answers unknown for an elliptic curve key without one"
#   parameters:
#     rsa_key_bits_min: {type: integer, default: 3072, min: 2048, max: 4096, meaning: smallest RSA key in bits}
#     elliptic_curves_allowed: {type: list, default: [P-256, P-384, P-521], allowed: [P-256, P-256K, P-384, P-521], meaning: elliptic curves that keys may use}
#   controls:
#     RTS-6-3: compares the kind and length of the key with what the firm has chosen by leading practice
#     RTS-6-4: finds the keys that must be replaced when the firm raises the bar
#   remediation:
#     az: az keyvault key create --vault-name VAULT --name NEW_KEY --kty RSA-HSM --size 3072
#     terraform: |
#       resource "azurerm_key_vault_key" "example" {
#         # ...
#         key_type = "RSA-HSM"
#         key_size = 3072
#       }
#     bicep: |
#       resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
#         // ...
#         properties: {
#           kty: 'RSA-HSM'
#           keySize: 3072
#         }
#       }
#     note: Then point the encryption of each user of the key at the new key, and keep the old one until nothing needs it.
package azure.key_vault.key_size_sufficient

import data.lib.arm
import data.lib.key_kinds

deny contains finding if {
	key_kinds.rsa(input.resource.properties.kty)
	bits := input.resource.properties.keySize
	bits < data.parameters.rsa_key_bits_min
	finding := {
		"message": sprintf("the RSA key has %d bits", [bits]),
		"path": "resource.properties.keySize",
		"actual": bits,
		"expected": sprintf("at least %d bits", [data.parameters.rsa_key_bits_min]),
	}
}

deny contains finding if {
	key_kinds.elliptic(input.resource.properties.kty)
	curve := input.resource.properties.curveName
	key_kinds.known_curve(curve)
	not arm.one_of(curve, data.parameters.elliptic_curves_allowed)
	finding := {
		"message": sprintf("the curve of the key is %s", [curve]),
		"path": "resource.properties.curveName",
		"actual": curve,
		"expected": data.parameters.elliptic_curves_allowed,
	}
}

unknown contains reason if {
	kty := input.resource.properties.kty
	not _known_kind(kty)
	reason := sprintf("%s is no kind of key that this policy knows", [kty])
}

unknown contains "the key has no size" if {
	_sized(input.resource.properties.kty)
	not input.resource.properties.keySize
}

unknown contains "the key has no curve" if {
	key_kinds.elliptic(input.resource.properties.kty)
	not input.resource.properties.curveName
}

unknown contains reason if {
	key_kinds.elliptic(input.resource.properties.kty)
	curve := input.resource.properties.curveName
	not key_kinds.known_curve(curve)
	not arm.one_of(curve, data.parameters.elliptic_curves_allowed)
	reason := sprintf("%s is no curve that this policy knows", [curve])
}

_sized(kty) if key_kinds.rsa(kty)

_known_kind(kty) if _sized(kty)

_known_kind(kty) if key_kinds.elliptic(kty)
