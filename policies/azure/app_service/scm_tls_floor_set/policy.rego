# METADATA
# title: The deployment site of the app refuses old versions of TLS
# description: |
#   Every app has a second site, with scm in its name, that takes deployments and opens a console. It has a TLS floor of its own, and what
#   passes there is code and credentials. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/overview-tls
# custom:
#   check: APP-TLS-002
#   severity: high
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.scmMinTlsVersion, type: string}
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: a floor under the TLS version keeps traffic with the deployment site of the app from being talked down to a broken protocol
#     DORA-9-3-a: the channel to the deployment site of the app is only as secure as the weakest version that it still negotiates
#     RTS-6-2-a: shows that the deployment site of the app accepts the protocol versions which the firm's encryption rule allows
#     RTS-6-2-c: the floor of the deployment site of the app holds for callers inside and outside alike
#     RTS-6-3: compares the version in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: connections to the deployment site of the app are encrypted in a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks on confidentiality and integrity protect data while it is transmitted
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data in a session
#   fix: {path: resource.properties.siteConfig.scmMinTlsVersion, value: "1.2"}
#   remediation:
#     az: az resource update --ids APP_ID/config/web --set properties.scmMinTlsVersion=1.2
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           scm_minimum_tls_version = "1.2"
#         }
#       }
#     bicep: "properties: { siteConfig: { scmMinTlsVersion: '1.2' } }"
package azure.app_service.scm_tls_floor_set

import data.lib.arm

_versions := {"1.0": "TLSv1", "1.1": "TLSv1.1", "1.2": "TLSv1.2", "1.3": "TLSv1.3"}

_scm_min_tls_version := input.resource.properties.siteConfig.scmMinTlsVersion

deny contains finding if {
	version := _versions[_scm_min_tls_version]
	not arm.one_of(version, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("the deployment site of the app accepts TLS %s", [_scm_min_tls_version]),
		"path": "resource.properties.siteConfig.scmMinTlsVersion",
		"actual": _scm_min_tls_version,
		"expected": data.parameters.tls_versions_allowed,
	}
}

unknown contains sprintf("scmMinTlsVersion is %q, which this policy does not know", [_scm_min_tls_version]) if not _versions[_scm_min_tls_version]
