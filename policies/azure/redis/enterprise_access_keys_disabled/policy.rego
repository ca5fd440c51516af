# METADATA
# title: The Managed Redis database refuses its access keys
# description: |
#   An access key opens the whole database, names nobody, knows no second factor and stays valid until it is rotated. With the keys
#   disabled, only Microsoft Entra identities get in. The default has changed between API versions, so a template that does not say it
#   gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/entra-for-authentication
# custom:
#   check: RED-AUTH-004
#   severity: medium
#   resource: Microsoft.Cache/redisEnterprise/databases
#   reads:
#     - {path: resource.properties.accessKeysAuthentication, type: string}
#   controls:
#     DORA-9-4-c: closes a way into the database that the central administration of rights does not see, an access key
#     DORA-9-4-d: an access key is not strong authentication, and with this setting it no longer opens the database
#     RTS-20-1: every caller of the database is an identity that the directory knows and authenticates
#     RTS-21-c: ends access by an access key that several people or programs share, so that actions can be traced to one
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked access key no longer exposes personal data
#   fix: {path: resource.properties.accessKeysAuthentication, value: Disabled}
#   remediation:
#     az: az redisenterprise database update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --access-keys-auth Disabled
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         default_database {
#           access_keys_authentication_enabled = false
#         }
#       }
#     bicep: |
#       resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
#         // ...
#         properties: {
#           accessKeysAuthentication: 'Disabled'
#         }
#       }
#     note: |
#       Give every client an Entra identity and an access policy first.
package azure.redis.enterprise_access_keys_disabled

import data.lib.arm

_keys := input.resource.properties.accessKeysAuthentication

deny contains finding if {
	arm.same(_keys, "Enabled")
	finding := {
		"message": "the database can be opened with its access keys",
		"path": "resource.properties.accessKeysAuthentication",
		"actual": _keys,
		"expected": "Disabled",
	}
}

unknown contains sprintf("accessKeysAuthentication is %q, which this policy does not know", [_keys]) if {
	not arm.one_of(_keys, ["Disabled", "Enabled"])
}
