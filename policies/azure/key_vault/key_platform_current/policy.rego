# METADATA
# title: The HSM key lives on the current platform
# description: |
#   Key Vault has had two generations of hardware security modules. A key version made on the first (platform 1) is validated to FIPS
#   140-2 level 2, one on the second (platform 2) to FIPS 140-3 level 3. A version stays where it was made until the key is rotated.
#   The platform is a fact of the live key: code never shows it, and of the two interfaces of Azure only the data plane does. Without
#   it the verdict is unknown. Software keys are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
# custom:
#   check: KV-TIER-003
#   severity: medium
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - {path: resource.properties.kty, type: string}
#     - {path: resource.properties.attributes.hsmPlatform, type: string}
#   controls:
#     RTS-7-2: tells which generation of hardware guards the present version of the key
#     RTS-6-4: finds the key versions that were left behind when the hardware was renewed
#     RTS-6-3: makes the level of validation that the firm relies on a fact of each key and not of the product
#   remediation:
#     az: az keyvault key rotate --vault-name VAULT --name KEY
#     note: The rotation makes a new version on the current platform; move every resource that names the old version.
package azure.key_vault.key_platform_current

import data.lib.key_kinds

not_applicable contains "the key is kept in software" if key_kinds.in_software(input.resource.properties.kty)

deny contains finding if {
	platform := input.resource.properties.attributes.hsmPlatform
	platform in {"0", "1"}
	finding := {
		"message": sprintf("the key was made on HSM platform %s", [platform]),
		"path": "resource.properties.attributes.hsmPlatform",
		"actual": platform,
		"expected": "2",
	}
}

unknown contains reason if {
	platform := input.resource.properties.attributes.hsmPlatform
	not platform in {"0", "1", "2"}
	reason := sprintf("%v is no HSM platform that this policy knows", [platform])
}

unknown contains reason if {
	kty := input.resource.properties.kty
	not key_kinds.in_hsm(kty)
	not key_kinds.in_software(kty)
	reason := sprintf("%s is no kind of key that this policy knows", [kty])
}
