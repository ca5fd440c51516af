# METADATA
# title: Layers of images come from addresses of the registry itself
# description: |
#   Without dedicated data endpoints clients fetch layers from shared storage addresses, so their firewalls must admit all storage of
#   Azure, an open door for data on its way out. It needs the Premium tier.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-dedicated-data-endpoints
# custom:
#   check: ACR-NET-003
#   severity: low
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.dataEndpointEnabled
#       type: boolean
#       absent: "false: layers come from shared addresses until told otherwise"
#   controls:
#     RTS-13-1-g: firewalls can admit the registry by name instead of all storage of Azure
#     RTS-11-2-i: closes a way by which data leaves through rules made for image layers
#     RTS-14-1-b: traffic for images no longer hides transfers to foreign storage
#   remediation:
#     az: az acr update --name REGISTRY --data-endpoint-enabled true
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         data_endpoint_enabled = true
#       }
#     bicep: "properties: { dataEndpointEnabled: true }"
package azure.container_registry.dedicated_data_endpoints_used

default _data_endpoint_enabled := false

_data_endpoint_enabled := input.resource.properties.dataEndpointEnabled

deny contains finding if {
	_data_endpoint_enabled == false
	finding := {
		"message": "layers are fetched from shared storage addresses",
		"path": "resource.properties.dataEndpointEnabled",
		"actual": _data_endpoint_enabled,
		"expected": true,
	}
}
