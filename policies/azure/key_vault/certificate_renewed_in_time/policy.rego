# METADATA
# title: The certificate is renewed before it expires
# description: |
#   An expired certificate cuts off every client that checks it.
#   Inside the warning time the certificate passes only if Key Vault renews it by itself at a moment that is still to come: an
#   AutoRenew action, and an issuer that can act on it. That is a certificate authority known to the vault, or the vault itself
#   (Self); with the issuer Unknown somebody has to merge the new certificate by hand. A renewal that should have happened already
#   does not count. Disabled certificates are left out.
#   Certificates are no ARM resources: the live collector reads them from the data plane and gives them this shape, and code never
#   shows their dates.
#   Certificates that are kept elsewhere are not seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/certificates/overview-renew-certificate
# custom:
#   check: KV-CRT-001
#   severity: high
#   resource: Microsoft.KeyVault/vaults/certificates
#   reads:
#     - {path: resource.properties.attributes.enabled, type: boolean}
#     - {path: resource.properties.attributes.created, type: integer}
#     - {path: resource.properties.attributes.exp, type: integer}
#     - path: resource.properties.policy.lifetime_actions
#       type: array
#       absent: "nothing happens to the certificate by itself"
#     - path: resource.properties.policy.issuer.name
#       type: string
#       absent: "no issuer, as with Unknown"
#     - context.at
#   parameters:
#     certificate_expiry_warning_days: {type: integer, default: 30, min: 1, max: 365, meaning: days before its expiry from which a certificate must be renewed}
#   controls:
#     RTS-7-4: reads issuer and expiry of each certificate in the vault, the entries that a register of certificates needs
#     RTS-7-5: tests for each certificate in the vault that its renewal comes before its expiry
#   remediation:
#     az: |
#       az keyvault certificate set-attributes --vault-name VAULT --name CERTIFICATE --policy @policy.json
#       az keyvault certificate create --vault-name VAULT --name CERTIFICATE --policy @policy.json
#     terraform: |
#       resource "azurerm_key_vault_certificate" "example" {
#         # ...
#         certificate_policy {
#           issuer_parameters {
#             name = "ISSUER"
#           }
#           lifetime_action {
#             action {
#               action_type = "AutoRenew"
#             }
#             trigger {
#               days_before_expiry = 45
#             }
#           }
#         }
#       }
#     note: The first command sets the policy for the time to come, the second renews the certificate now.
package azure.key_vault.certificate_renewed_in_time

import data.lib.durations

_actions := [action | some action in input.resource.properties.policy.lifetime_actions]

default _issuer := "Unknown"

_issuer := input.resource.properties.policy.issuer.name

_left := durations.between(input.context.at, input.resource.properties.attributes.exp)

_imminent if {
	_left > 0
	_left <= data.parameters.certificate_expiry_warning_days
}

# _margin(action): how many days before the expiry the action renews the certificate.
_margin(action) := days if {
	lower(action.action.action_type) == "autorenew"
	days := action.trigger.days_before_expiry
}

_margin(action) := days if {
	lower(action.action.action_type) == "autorenew"
	not action.trigger.days_before_expiry
	life := durations.between(input.resource.properties.attributes.created, input.resource.properties.attributes.exp)
	days := (life * (100 - action.trigger.lifetime_percentage)) / 100
}

_renewal_ahead if {
	lower(_issuer) != "unknown"
	some action in _actions
	margin := _margin(action)
	margin > 0
	_left > margin
}

_mails(action) if lower(action.action.action_type) == "emailcontacts"

_unclear if {
	some action in _actions
	not _mails(action)
	not _margin(action)
}

not_applicable contains "the certificate is disabled" if input.resource.properties.attributes.enabled == false

deny contains finding if {
	_left <= 0
	finding := {
		"message": sprintf("the certificate expired %v days ago", [floor(0 - _left)]),
		"path": "resource.properties.attributes.exp",
		"actual": input.resource.properties.attributes.exp,
		"expected": "a date to come",
	}
}

deny contains finding if {
	_imminent
	input.resource.properties.attributes.created
	not _unclear
	not _renewal_ahead
	finding := {
		"message": sprintf("the certificate expires in %v days and no renewal by %s comes before", [floor(_left), _issuer]),
		"path": "resource.properties.attributes.exp",
		"actual": floor(_left),
		"expected": sprintf("more than %d days, or a renewal before the expiry", [data.parameters.certificate_expiry_warning_days]),
	}
}

unknown contains "a lifetime action has an unknown type or a trigger that cannot be read" if {
	_imminent
	_unclear
}
