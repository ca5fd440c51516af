# METADATA
# title: The key never leaves the HSM
# description: |
#   An exportable key can be released in the clear to a machine that attests itself by its release policy. Who holds such a copy keeps it:
#   neither disabling nor deleting the key takes it back. Keys for confidential computing are made so on purpose.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/policy-grammar
# custom:
#   check: KV-KEY-005
#   severity: medium
#   resource: Microsoft.KeyVault/managedHSMs/keys
#   reads:
#     - path: resource.properties.attributes.exportable
#       type: boolean
#       absent: "off: a key is exportable only when it was made so"
#   controls:
#     RTS-7-2: the key is not disclosed, not even to a machine that asks for it
#     RTS-7-3: a compromised key can be replaced without a copy living on elsewhere
#     DORA-9-4-d: protection of the key rests on the module alone
#   remediation:
#     az: az keyvault key create --hsm-name HSM --name NEW_KEY --kty RSA-HSM --size 3072 --ops wrapKey unwrapKey
#     note: The attribute is fixed when the key is made. Make a new key without it.
package azure.managed_hsm.key_not_exportable

default _exportable := false

_exportable := input.resource.properties.attributes.exportable

deny contains finding if {
	_exportable == true
	finding := {
		"message": "the key may leave the module",
		"path": "resource.properties.attributes.exportable",
		"actual": true,
		"expected": false,
	}
}
