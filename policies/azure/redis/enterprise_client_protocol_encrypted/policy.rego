# METADATA
# title: The Managed Redis database refuses connections without TLS
# description: |
#   With the protocol Plaintext, commands, keys, values and the access key cross the network in clear text. A database speaks either with
#   TLS or without, not both. A template that does not name the protocol gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/tls-configuration
# custom:
#   check: RED-TLS-003
#   severity: high
#   resource: Microsoft.Cache/redisEnterprise/databases
#   reads:
#     - {path: resource.properties.clientProtocol, type: string}
#   controls:
#     DORA-9-2: this one setting decides whether traffic with the database is protected in transit at all
#     DORA-9-3-a: a database that speaks TLS only leaves clients no insecure channel
#     RTS-6-2-a: shows that the encryption rule for data in transit is enforced by the database
#     RTS-6-2-c: the protocol is the same for the firm's own network as for others
#     RTS-13-1-e: connections are encrypted whatever network they cross
#     RTS-14-1-a: keeps values and credentials from being read or altered on the way
#     GDPR-32-1-a: personal data in the database travels encrypted
#     GDPR-5-1-f: keeps people on the network path from personal data in the database
#   fix: {path: resource.properties.clientProtocol, value: Encrypted}
#   remediation:
#     az: az redisenterprise database update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --client-protocol Encrypted
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         default_database {
#           client_protocol = "Encrypted"
#         }
#       }
#     bicep: |
#       resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
#         // ...
#         properties: {
#           clientProtocol: 'Encrypted'
#         }
#       }
#     note: |
#       Clients without TLS are cut off at once.
package azure.redis.enterprise_client_protocol_encrypted

import data.lib.arm

_protocol := input.resource.properties.clientProtocol

deny contains finding if {
	arm.same(_protocol, "Plaintext")
	finding := {
		"message": "clients reach the database in clear text",
		"path": "resource.properties.clientProtocol",
		"actual": _protocol,
		"expected": "Encrypted",
	}
}

unknown contains sprintf("clientProtocol is %q, which this policy does not know", [_protocol]) if {
	not arm.one_of(_protocol, ["Encrypted", "Plaintext"])
}
