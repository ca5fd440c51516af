# METADATA
# title: The application gateway encrypts requests on their way to the application
# description: |
#   The gateway ends TLS. Where it goes on in plain HTTP, everybody on the internal network between gateway and application can read and
#   change what clients believe to be encrypted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/application-gateway/ssl-overview
# custom:
#   check: NET-TLS-003
#   severity: medium
#   resource: Microsoft.Network/applicationGateways
#   reads:
#     - {path: resource.properties.backendHttpSettingsCollection, type: array}
#   controls:
#     RTS-6-2-c: shows whether the internal connection is encrypted as the external one is
#     DORA-9-3-a: the channel is secure along its whole way
#     RTS-13-1-e: connections over the corporate network are encrypted as well
#     GDPR-32-1-a: personal data stays encrypted up to the application
#   remediation:
#     az: az network application-gateway http-settings update --resource-group RESOURCE_GROUP --gateway-name GATEWAY --name SETTING --protocol Https --port 443
#     terraform: |
#       resource "azurerm_application_gateway" "example" {
#         # ...
#         backend_http_settings {
#           # ...
#           protocol = "Https"
#           port     = 443
#         }
#       }
#     bicep: |
#       backendHttpSettingsCollection: [{ name: 'app', properties: { protocol: 'Https', port: 443 } }]
package azure.network.application_gateway_backends_encrypted

import data.lib.arm

_value(item) := object.get(item, ["properties", "protocol"], "not stated")

deny contains finding if {
	some item in input.resource.properties.backendHttpSettingsCollection
	arm.same(_value(item), "Http")
	finding := {
		"message": sprintf("the setting %v sends requests on in clear", [object.get(item, "name", "without a name")]),
		"path": "resource.properties.backendHttpSettingsCollection",
		"actual": _value(item),
		"expected": "Https",
	}
}

unknown contains sprintf("protocol is %v, which this policy does not know", [_value(item)]) if {
	some item in input.resource.properties.backendHttpSettingsCollection
	not arm.one_of(_value(item), ["Https", "Http"])
}

unknown contains "the gateway has no backend setting" if count(input.resource.properties.backendHttpSettingsCollection) == 0
