# METADATA
# title: Every listener of the application gateway speaks HTTPS
# description: |
#   What a listener for plain HTTP receives has crossed the internet in clear, passwords and cookies included. Where such a listener does
#   nothing but redirect to HTTPS, waive the finding: the rule that redirects is not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/application-gateway/ssl-overview
# custom:
#   check: NET-TLS-002
#   severity: high
#   resource: Microsoft.Network/applicationGateways
#   reads:
#     - {path: resource.properties.httpListeners, type: array}
#   controls:
#     DORA-9-3-a: decides whether transfer over this entrance is protected by current cryptography
#     RTS-6-2-c: shows the version that external traffic may use
#     RTS-6-3: compares the versions in use with the choice that the firm made by leading practice
#     RTS-13-1-e: connections over public networks are encrypted as the classification asks
#     RTS-14-1-a: confidentiality and integrity of what is transmitted do not rest on broken versions
#     GDPR-32-1-a: personal data is encrypted in transit by versions that are not broken
#   remediation:
#     az: |
#       az network application-gateway http-listener update --resource-group RESOURCE_GROUP --gateway-name GATEWAY --name LISTENER --frontend-port HTTPS_PORT --ssl-cert CERTIFICATE
#     terraform: |
#       resource "azurerm_application_gateway" "example" {
#         # ...
#         http_listener {
#           # ...
#           protocol             = "Https"
#           ssl_certificate_name = "pay"
#         }
#       }
#     bicep: |
#       httpListeners: [{ name: 'https', properties: { protocol: 'Https', sslCertificate: { id: certificateId } } }]
package azure.network.application_gateway_listeners_encrypted

import data.lib.arm

_value(item) := object.get(item, ["properties", "protocol"], "not stated")

deny contains finding if {
	some item in input.resource.properties.httpListeners
	arm.same(_value(item), "Http")
	finding := {
		"message": sprintf("the listener %v takes requests in clear", [object.get(item, "name", "without a name")]),
		"path": "resource.properties.httpListeners",
		"actual": _value(item),
		"expected": "Https",
	}
}

unknown contains sprintf("protocol is %v, which this policy does not know", [_value(item)]) if {
	some item in input.resource.properties.httpListeners
	not arm.one_of(_value(item), ["Https", "Http"])
}

unknown contains "the gateway has no listener" if count(input.resource.properties.httpListeners) == 0
