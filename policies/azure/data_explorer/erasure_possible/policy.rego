# METADATA
# title: Data Explorer can erase single records
# description: |
#   Data Explorer only appends: to erase the records of one person for good needs the purge command, and the cluster refuses it unless
#   purging is enabled. Extents that hold the records live on otherwise until their retention ends. Who may purge is a matter of roles.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/kusto/concepts/data-purge
# custom:
#   check: ADX-RET-001
#   severity: low
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.properties.enablePurge
#       type: boolean
#       absent: "off: purging is refused unless the cluster allows it"
#   controls:
#     GDPR-17-1: a request for erasure can be carried out on this cluster; that requests are carried out is not seen here
#     RTS-11-2-g: secure deletion of single records is possible when data is no longer needed
#   fix: {path: resource.properties.enablePurge, value: true}
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --name CLUSTER --enable-purge true
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         purge_enabled = true
#       }
#     bicep: |
#       resource cluster 'Microsoft.Kusto/clusters@2024-04-13' = {
#         // ...
#         properties: {
#           enablePurge: true
#         }
#       }
#     portal: Cluster > Settings > Configurations > Enable purge
#     note: A purge cannot be taken back. Give the role Database Admin to few.
package azure.data_explorer.erasure_possible

default _enable_purge := false

_enable_purge := input.resource.properties.enablePurge

deny contains finding if {
	_enable_purge == false
	finding := {
		"message": "records cannot be erased from the cluster",
		"path": "resource.properties.enablePurge",
		"actual": false,
		"expected": true,
	}
}
