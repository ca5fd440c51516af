# METADATA
# title: The PostgreSQL single server accepts only TLS versions that the firm allows
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the server accepts. No law
#   names a version: the parameter tls_versions_allowed is the firm's own rule. The floor counts only while TLS is enforced (tls_required).
#   Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: PGS-TLS-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/servers
#   reads:
#     - path: resource.properties.minimalTlsVersion
#       type: string
#       absent: "TLSEnforcementDisabled: a server that names no floor accepts every version"
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: a floor keeps protection in transit from being talked down to a broken protocol
#     DORA-9-3-a: the channel is only as secure as the oldest version that the server still negotiates
#     RTS-6-2-a: shows that the server itself enforces the protocol versions which the encryption rule allows
#     RTS-6-2-c: the floor holds for internal connections and for external traffic alike
#     RTS-6-3: compares the floor in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: encryption over any network uses a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks on confidentiality and integrity protect data while it is transmitted
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data in a session
#   fix: {path: resource.properties.minimalTlsVersion, value: TLS1_2}
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_server" "example" {
#         # ...
#         ssl_minimal_tls_version_enforced = "TLS1_2"
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/servers@2017-12-01' = {
#         // ...
#         properties: {
#           minimalTlsVersion: 'TLS1_2'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.tls_floor_set

import data.lib.arm
import data.lib.tls_floors

default _floor := "TLSEnforcementDisabled"

_floor := input.resource.properties.minimalTlsVersion

deny contains finding if {
	arm.same(_floor, "TLSEnforcementDisabled")
	finding := {
		"message": "the server sets no lowest TLS version",
		"path": "resource.properties.minimalTlsVersion",
		"actual": _floor,
		"expected": data.parameters.tls_versions_allowed,
	}
}

deny contains finding if {
	version := tls_floors.version(_floor)
	not arm.one_of(version, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("the server accepts %s", [version]),
		"path": "resource.properties.minimalTlsVersion",
		"actual": _floor,
		"expected": data.parameters.tls_versions_allowed,
	}
}

unknown contains sprintf("minimalTlsVersion is %q, which this policy does not know", [_floor]) if {
	not arm.same(_floor, "TLSEnforcementDisabled")
	not tls_floors.version(_floor)
}
