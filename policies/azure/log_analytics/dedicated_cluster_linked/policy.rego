# METADATA
# title: The workspace is linked to a cluster that can have a key of the firm
# description: |
#   A workspace by itself is encrypted with a key that Azure manages. Only a workspace that is linked to a dedicated cluster can be
#   encrypted with a key of the firm; whether the cluster has such a key is judged on the cluster. A cluster costs a daily minimum, so set
#   customer_managed_key_required to false for logs that do not need it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/customer-managed-keys
# custom:
#   check: LA-CMK-001
#   severity: low
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.features.clusterResourceId
#       type: string
#       absent: "the workspace stands alone, encrypted with a key that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that logs are encrypted as the classification asks
#     RTS-6-2-a: shows which key encrypts the logs at rest, so that the encryption rule can be compared with what is in force
#     RTS-12-2-d: the firm can withdraw the key, and with it every reading of the logs
#     GDPR-32-1-a: adds control over the key to the encryption of personal data in logs
#   remediation:
#     az: |
#       az monitor log-analytics workspace linked-service create --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --name cluster --write-access-resource-id CLUSTER_ID
#     terraform: |
#       resource "azurerm_log_analytics_linked_service" "example" {
#         # ...
#         workspace_id    = azurerm_log_analytics_workspace.example.id
#         write_access_id = azurerm_log_analytics_cluster.example.id
#       }
package azure.log_analytics.dedicated_cluster_linked

default _cluster := ""

_cluster := input.resource.properties.features.clusterResourceId

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_cluster == ""
	finding := {
		"message": "the workspace belongs to no dedicated cluster and is encrypted with a key that Azure manages",
		"path": "resource.properties.features.clusterResourceId",
		"actual": "absent",
		"expected": "the id of a cluster",
	}
}
