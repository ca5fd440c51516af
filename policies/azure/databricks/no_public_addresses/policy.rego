# METADATA
# title: Nodes of Databricks clusters have no public addresses
# description: |
#   With secure cluster connectivity, nodes open a connection to the control plane and nothing connects to them. Without it every node has
#   a public address. Newer api-versions switch it on by default, so a workspace that does not say is not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/network/classic/secure-cluster-connectivity
# custom:
#   check: DBW-NET-002
#   severity: high
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - {path: resource.properties.parameters.enableNoPublicIp.value, type: boolean}
#   controls:
#     RTS-13-1-d: nodes offer no address of their own to connections from outside
#     RTS-13-1-g: traffic between nodes and the internet passes the points that the firm controls
#     DORA-9-4-b: nodes can be cut off at one place
#     GDPR-25-2: nodes that process personal data are not exposed by default
#   fix: {path: resource.properties.parameters.enableNoPublicIp.value, value: true}
#   remediation:
#     az: az databricks workspace update --resource-group RESOURCE_GROUP --name WORKSPACE --enable-no-public-ip true
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         custom_parameters {
#           no_public_ip = true
#         }
#       }
#     bicep: "properties: { parameters: { enableNoPublicIp: { value: true } } }"
package azure.databricks.no_public_addresses

_enable_no_public_ip := input.resource.properties.parameters.enableNoPublicIp.value

deny contains finding if {
	_enable_no_public_ip == false
	finding := {
		"message": "nodes of clusters have public addresses",
		"path": "resource.properties.parameters.enableNoPublicIp.value",
		"actual": _enable_no_public_ip,
		"expected": true,
	}
}
