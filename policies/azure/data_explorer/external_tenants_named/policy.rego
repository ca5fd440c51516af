# METADATA
# title: Not every tenant may sign in to the Data Explorer cluster
# description: |
#   With * among the trusted tenants, identities of any Entra tenant of the world can be given rights in the cluster, where the rules of
#   the firm's own directory do not reach them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/cross-tenant-query-and-commands
# custom:
#   check: ADX-AUTH-002
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - {path: resource.properties.trustedExternalTenants, type: array}
#   controls:
#     DORA-9-4-c: access is limited to identities that the firm's directory, or a named partner, administers
#     RTS-21-d: identities of unknown tenants cannot be given rights by mistake
#     RTS-20-2-a: every identity in the cluster has a known home
#     GDPR-32-1-b: personal data in the cluster cannot be shared with any tenant of the world
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --trusted-external-tenants "[]"
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         trusted_external_tenants = [] # or tenant ids
#       }
#     bicep: "properties: { trustedExternalTenants: [] }"
package azure.data_explorer.external_tenants_named

_tenants := input.resource.properties.trustedExternalTenants

deny contains finding if {
	some tenant in _tenants
	tenant.value == "*"
	finding := {
		"message": "identities of every tenant may be given rights in the cluster",
		"path": "resource.properties.trustedExternalTenants",
		"actual": _tenants,
		"expected": "tenants by name",
	}
}

unknown contains "a trusted tenant has no readable value" if {
	some tenant in _tenants
	not _readable(tenant)
}

_readable(tenant) if is_string(tenant.value)
