# METADATA
# title: Cosmos DB accepts only TLS versions that the firm allows
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the account accepts. No law
#   names a version: the parameter tls_versions_allowed is the firm's own rule. Accounts made before April 2023 may still accept TLS 1.0; an
#   account that shows no floor gives no pass on a live reading.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/self-serve-minimum-tls-enforcement
# custom:
#   check: COS-TLS-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.minimalTlsVersion
#       type: string
#       absent: "Tls12: the default of a new account"
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: a floor keeps protection in transit from being talked down to a broken protocol
#     DORA-9-3-a: the channel is only as secure as the oldest version that the account still negotiates
#     RTS-6-2-a: shows that the account itself enforces the protocol versions which the encryption rule allows
#     RTS-6-2-c: the floor holds for internal connections and for external traffic alike
#     RTS-6-3: compares the floor in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: encryption over any network uses a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks on confidentiality and integrity protect data while it is transmitted
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data in a session
#   fix: {path: resource.properties.minimalTlsVersion, value: Tls12}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --minimal-tls-version Tls12
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         minimal_tls_version = "Tls12"
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           minimalTlsVersion: 'Tls12'
#         }
#       }
#     portal: Cosmos DB account > Settings > Networking > Connectivity > Minimum TLS version
package azure.cosmos.tls_floor_set

import data.lib.arm

default _floor := "Tls12"

_floor := input.resource.properties.minimalTlsVersion

_versions := {"tls": "TLSv1", "tls11": "TLSv1.1", "tls12": "TLSv1.2"}

deny contains finding if {
	version := _versions[lower(_floor)]
	not arm.one_of(version, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("the account accepts %s", [version]),
		"path": "resource.properties.minimalTlsVersion",
		"actual": _floor,
		"expected": data.parameters.tls_versions_allowed,
	}
}

unknown contains sprintf("minimalTlsVersion is %q, which this policy does not know", [_floor]) if {
	not _versions[lower(_floor)]
}
