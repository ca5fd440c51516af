# METADATA
# title: Nobody is a data owner of the cache by assignment
# description: |
#   The built-in policy Data Owner lets its holder run every command, those that empty the cache or change who may do what included. A
#   program needs Data Contributor or a policy of its own; redis_access_policies_refused names the policies that nobody should hold for
#   good.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure-role-based-access-control
# custom:
#   check: RED-PAM-001
#   severity: medium
#   resource: Microsoft.Cache/redis/accessPolicyAssignments
#   reads:
#     - {path: resource.properties.accessPolicyName, type: string}
#   parameters:
#     redis_access_policies_refused: {type: list, default: [Data Owner], pattern: "^[A-Za-z0-9 _.@+-]+$", meaning: access policies of a cache that nobody should hold for good}
#   controls:
#     RTS-21-a: programs and people hold what they need on the cache and not everything
#     RTS-21-e-ii: the policy that may do everything is not held standing
#     DORA-9-4-c: access to the cache is restricted to what approved activities need
#   remediation:
#     az: |
#       az redis access-policy-assignment update --resource-group RESOURCE_GROUP --name CACHE --policy-assignment-name ASSIGNMENT --access-policy-name "Data Contributor" --object-id OBJECT_ID --object-id-alias ALIAS
#     terraform: |
#       resource "azurerm_redis_cache_access_policy_assignment" "example" {
#         name               = "payments-api"
#         redis_cache_id     = azurerm_redis_cache.example.id
#         access_policy_name = "Data Contributor"
#         object_id          = azurerm_user_assigned_identity.example.principal_id
#         object_id_alias    = "id-payments-api"
#       }
#     bicep: |
#       resource assignment 'Microsoft.Cache/redis/accessPolicyAssignments@2024-11-01' = {
#         parent: cache
#         name: 'payments-api'
#         properties: { accessPolicyName: 'Data Contributor', objectId: principalId, objectIdAlias: 'id-payments-api' }
#       }
package azure.redis.access_policy_narrow

import data.lib.arm

_policy := input.resource.properties.accessPolicyName

deny contains finding if {
	arm.one_of(_policy, data.parameters.redis_access_policies_refused)
	finding := {
		"message": sprintf("the policy %q is assigned", [_policy]),
		"path": "resource.properties.accessPolicyName",
		"actual": _policy,
		"expected": "a narrower policy",
	}
}

unknown contains "the assignment names no policy" if trim_space(_policy) == ""
