# METADATA
# title: The CDN endpoint does not answer plain HTTP
# description: |
#   What is delivered over plain HTTP can be read and changed on the way: a script that was changed runs in the browser of every visitor.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cdn/cdn-features
# custom:
#   check: NET-TLS-005
#   severity: medium
#   resource: Microsoft.Cdn/profiles/endpoints
#   reads:
#     - path: resource.properties.isHttpAllowed
#       type: boolean
#       absent: "true: Azure's default"
#   controls:
#     DORA-9-3-a: offers no channel without encryption
#     RTS-6-2-c: leaves no external traffic of this endpoint in clear
#     RTS-13-1-e: connections over the internet are encrypted without exception
#   fix: {path: resource.properties.isHttpAllowed, value: false}
#   remediation:
#     az: az cdn endpoint update --resource-group RESOURCE_GROUP --profile-name PROFILE --name ENDPOINT --no-http true
#     terraform: |
#       resource "azurerm_cdn_endpoint" "example" {
#         # ...
#         is_http_allowed = false
#       }
#     bicep: |
#       resource it 'Microsoft.Cdn/profiles/endpoints@2024-02-01' = {
#         // ...
#         properties: {
#           isHttpAllowed: false
#         }
#       }
package azure.network.cdn_endpoint_http_refused

default _http := true

_http := input.resource.properties.isHttpAllowed

deny contains finding if {
	_http == true
	finding := {
		"message": "the endpoint answers in clear",
		"path": "resource.properties.isHttpAllowed",
		"actual": _http,
		"expected": false,
	}
}
