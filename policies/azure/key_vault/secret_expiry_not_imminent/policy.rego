# METADATA
# title: The secret does not expire soon
# description: |
#   An expired secret stops what uses it, and a secret that is about to expire has not been rotated in time. Disabled secrets and secrets
#   without an expiry date are left out; another policy judges those without one.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
# custom:
#   check: KV-SEC-002
#   severity: medium
#   resource: Microsoft.KeyVault/vaults/secrets
#   reads:
#     - {path: resource.properties.attributes.enabled, type: boolean}
#     - path: resource.properties.attributes.exp
#       type: integer
#       absent: "the secret never expires"
#     - context.at
#   parameters:
#     secret_expiry_warning_days: {type: integer, default: 30, min: 1, max: 365, meaning: days before its expiry from which a secret must be renewed}
#   controls:
#     RTS-21-f-i: shows that credentials are renewed before their date and not after the outage
#     DORA-9-3-c: an application does not fail because a forgotten secret has run out
#   remediation:
#     az: az keyvault secret set --vault-name VAULT --name SECRET --file NEW_VALUE_FILE --expires 2027-06-30T00:00:00Z
#     note: Change the password or token at its origin first, then store the new value as a new version.
package azure.key_vault.secret_expiry_not_imminent

import data.lib.durations

not_applicable contains "the secret is disabled" if input.resource.properties.attributes.enabled == false

not_applicable contains "the secret never expires" if {
	input.resource.properties.attributes.enabled == true
	not input.resource.properties.attributes.exp
}

_left := durations.between(input.context.at, input.resource.properties.attributes.exp)

deny contains finding if {
	_left < data.parameters.secret_expiry_warning_days
	finding := {
		"message": sprintf("the secret expires in %v days", [round(_left)]),
		"path": "resource.properties.attributes.exp",
		"actual": round(_left),
		"expected": sprintf("at least %d days", [data.parameters.secret_expiry_warning_days]),
	}
}
