# METADATA
# title: The domain of Front Door refuses old versions of TLS
# description: |
#   TLS 1.0 and 1.1 have known weaknesses. The floor is set for each custom domain of a Front Door profile. Law names no version; 1.2 is the
#   lowest that supervisors regard as current.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/frontdoor/end-to-end-tls
# custom:
#   check: NET-TLS-004
#   severity: high
#   resource: Microsoft.Cdn/profiles/customDomains
#   reads:
#     - {path: resource.properties.tlsSettings.minimumTlsVersion, type: string}
#   controls:
#     DORA-9-3-a: decides whether transfer over this entrance is protected by current cryptography
#     RTS-6-2-c: shows the version that external traffic may use
#     RTS-6-3: compares the versions in use with the choice that the firm made by leading practice
#     RTS-13-1-e: connections over public networks are encrypted as the classification asks
#     RTS-14-1-a: confidentiality and integrity of what is transmitted do not rest on broken versions
#     GDPR-32-1-a: personal data is encrypted in transit by versions that are not broken
#   fix: {path: resource.properties.tlsSettings.minimumTlsVersion, value: TLS12}
#   remediation:
#     az: az afd custom-domain update --resource-group RESOURCE_GROUP --profile-name PROFILE --custom-domain-name DOMAIN --minimum-tls-version TLS12
#     terraform: |
#       resource "azurerm_cdn_frontdoor_custom_domain" "example" {
#         # ...
#         tls {
#           minimum_tls_version = "TLS12" # minimum_version in newer versions
#         }
#       }
#     bicep: |
#       tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
package azure.network.front_door_domain_tls_floor

import data.lib.arm

_version := input.resource.properties.tlsSettings.minimumTlsVersion

deny contains finding if {
	arm.one_of(_version, ["TLS10", "TLS11"])
	finding := {
		"message": sprintf("the domain accepts %s", [_version]),
		"path": "resource.properties.tlsSettings.minimumTlsVersion",
		"actual": _version,
		"expected": "TLS12 or higher",
	}
}

unknown contains sprintf("minimumTlsVersion is %q, which this policy does not know", [_version]) if {
	not arm.one_of(_version, ["TLS12", "TLS13", "TLS10", "TLS11"])
}
