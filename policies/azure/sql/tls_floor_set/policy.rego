# METADATA
# title: Azure SQL accepts only TLS versions that the firm allows
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the server accepts. No law
#   names a version: the parameter tls_versions_allowed is the firm's own rule. The setting holds for all databases of the server and takes
#   effect at once.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings
# custom:
#   check: SQL-TLS-001
#   severity: high
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: resource.properties.minimalTlsVersion
#       type: string
#       absent: "None: a server that names no floor accepts every version"
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
#   fix: {path: resource.properties.minimalTlsVersion, value: "1.2"}
#   remediation:
#     az: az sql server update --resource-group RESOURCE_GROUP --name SERVER --minimal-tls-version 1.2
#     terraform: |
#       resource "azurerm_mssql_server" "example" {
#         # ...
#         minimum_tls_version = "1.2"
#       }
#     bicep: |
#       resource server 'Microsoft.Sql/servers@2023-08-01' = {
#         // ...
#         properties: {
#           minimalTlsVersion: '1.2'
#         }
#       }
#     portal: SQL server > Security > Networking > Connectivity > Minimum TLS version
#     note: |
#       Clients with older drivers are cut off. The audit log shows the version of each session. A floor that was set cannot go back to
#       none.
package azure.sql.tls_floor_set

import data.lib.arm
import data.lib.tls_floors

default _floor := "None"

_floor := input.resource.properties.minimalTlsVersion

deny contains finding if {
	arm.same(_floor, "None")
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
	not arm.same(_floor, "None")
	not tls_floors.version(_floor)
}
