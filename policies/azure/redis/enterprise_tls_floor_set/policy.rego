# METADATA
# title: Managed Redis refuses TLS versions that the firm does not allow
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the cluster accepts. No law
#   names a version: tls_versions_allowed is the firm's own rule. Newer versions than the floor cannot be refused. It holds for Azure
#   Managed Redis and for Redis Enterprise. A template that does not name a floor gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/tls-configuration
# custom:
#   check: RED-TLS-002
#   severity: high
#   resource: Microsoft.Cache/redisEnterprise
#   reads:
#     - {path: resource.properties.minimumTlsVersion, type: string}
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: a floor under the TLS version of the cluster keeps protection in transit from being talked down to a broken protocol
#     DORA-9-3-a: the channel to the cluster is only as secure as the weakest version that it still negotiates
#     RTS-6-2-a: shows that the lowest protocol version of the cluster is one that the firm's encryption rule allows
#     RTS-6-2-c: the floor of the cluster holds for internal connections and for external traffic alike
#     RTS-6-3: compares the floor in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: a connection to the cluster over any network uses a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks protect what is transmitted to and from the cluster
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data on its way
#   fix: {path: resource.properties.minimumTlsVersion, value: "1.2"}
#   remediation:
#     az: az redisenterprise update --resource-group RESOURCE_GROUP --name CLUSTER --minimum-tls-version 1.2
#     bicep: |
#       resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
#         // ...
#         properties: {
#           minimumTlsVersion: '1.2'
#         }
#       }
package azure.redis.enterprise_tls_floor_set

import data.lib.arm
import data.lib.tls_floors

_floor := input.resource.properties.minimumTlsVersion

deny contains finding if {
	version := tls_floors.version(_floor)
	not arm.one_of(version, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("the cluster accepts %s and later", [version]),
		"path": "resource.properties.minimumTlsVersion",
		"actual": _floor,
		"expected": data.parameters.tls_versions_allowed,
	}
}

unknown contains sprintf("minimumTlsVersion is %q, which this policy does not know", [_floor]) if {
	not tls_floors.version(_floor)
}
