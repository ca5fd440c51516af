# METADATA
# title: The Databricks workspace stands in a network of the firm
# description: |
#   In a network that Databricks manages, the firm cannot set routes, rules or private endpoints of its own. The network is fixed at
#   creation: a finding means a new workspace.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject
# custom:
#   check: DBW-NET-004
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.parameters.customVirtualNetworkId.value
#       type: string
#       absent: "none: Databricks makes a network of its own"
#   controls:
#     DORA-9-4-b: the firm can cut or segment the connections of the workspace itself
#     RTS-13-1-a: clusters stand in a segment that fits their class
#     RTS-13-1-g: traffic of clusters to the internet passes the firm's own controls
#     RTS-13-1-j: clusters can be isolated by rules of the subnet
#   remediation:
#     az: az databricks workspace create --resource-group RESOURCE_GROUP --name NEW_WORKSPACE --location LOCATION --sku premium --vnet VNET_ID --public-subnet PUBLIC --private-subnet PRIVATE
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         custom_parameters {
#           virtual_network_id  = azurerm_virtual_network.example.id
#           public_subnet_name  = azurerm_subnet.public.name
#           private_subnet_name = azurerm_subnet.private.name
#           public_subnet_network_security_group_association_id  = azurerm_subnet_network_security_group_association.public.id
#           private_subnet_network_security_group_association_id = azurerm_subnet_network_security_group_association.private.id
#         }
#       }
#     bicep: "properties: { parameters: { customVirtualNetworkId: { value: vnet.id }, customPublicSubnetName: { value: 'public' }, customPrivateSubnetName: { value: 'private' } } }"
package azure.databricks.in_network_of_the_firm

default _custom_virtual_network_id := ""

_custom_virtual_network_id := input.resource.properties.parameters.customVirtualNetworkId.value

deny contains finding if {
	_custom_virtual_network_id == ""
	finding := {
		"message": "the workspace stands in a network that Databricks manages",
		"path": "resource.properties.parameters.customVirtualNetworkId.value",
		"actual": _custom_virtual_network_id,
		"expected": "a virtual network of the firm",
	}
}
