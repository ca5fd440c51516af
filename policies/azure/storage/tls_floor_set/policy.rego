# METADATA
# title: The storage account refuses TLS versions that the firm does not allow
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the account accepts. Azure
#   leaves the property out until somebody sets it, and documents that as TLS 1.0. Microsoft has announced the end of the old versions for
#   storage; until the property says so, nothing in the account does. No law names a version: tls_versions_allowed is the firm's own rule.
#   Newer versions than the floor cannot be refused.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version
# custom:
#   check: ST-TLS-002
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.minimumTlsVersion
#       type: string
#       absent: "TLS1_0: Azure leaves the property out until it is set, and takes 1.0 for it"
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: a floor under the TLS version of the account keeps protection in transit from being talked down to a broken protocol
#     DORA-9-3-a: the channel to the account is only as secure as the weakest version that it still negotiates
#     RTS-6-2-a: shows that the lowest protocol version of the account is one that the firm's encryption rule allows
#     RTS-6-2-c: the floor of the account holds for internal connections and for external traffic alike
#     RTS-6-3: compares the floor in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: a connection to the account over any network uses a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks protect what is transmitted to and from the account
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data on its way
#   fix: {path: resource.properties.minimumTlsVersion, value: TLS1_2}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --min-tls-version TLS1_2
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         min_tls_version = "TLS1_2"
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           minimumTlsVersion: 'TLS1_2'
#         }
#       }
#     portal: Storage account > Settings > Configuration > Minimum TLS version > Version 1.2 > Save
package azure.storage.tls_floor_set

import data.lib.arm
import data.lib.tls_floors

default _floor := "TLS1_0"

_floor := input.resource.properties.minimumTlsVersion

deny contains finding if {
	version := tls_floors.version(_floor)
	not arm.one_of(version, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("the account accepts %s and later", [version]),
		"path": "resource.properties.minimumTlsVersion",
		"actual": _floor,
		"expected": data.parameters.tls_versions_allowed,
	}
}

unknown contains sprintf("minimumTlsVersion is %q, which this policy does not know", [_floor]) if {
	not tls_floors.version(_floor)
}
