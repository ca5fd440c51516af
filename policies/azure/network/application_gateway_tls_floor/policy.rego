# METADATA
# title: The application gateway refuses old versions of TLS
# description: |
#   TLS 1.0 and 1.1 have known weaknesses. A gateway takes its versions from a predefined policy or names a floor of its own. A gateway that
#   says nothing uses a policy whose versions depend on when and by which api-version it was made: the finding is then a fail, because an
#   old one allows TLS 1.0. Law names no version; the floor is a parameter of the firm.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
# custom:
#   check: NET-TLS-001
#   severity: high
#   resource: Microsoft.Network/applicationGateways
#   reads:
#     - {path: resource.properties.sslPolicy.policyType, type: string}
#     - path: resource.properties.sslPolicy.policyName
#       type: string
#       absent: "no predefined policy"
#     - path: resource.properties.sslPolicy.minProtocolVersion
#       type: string
#       absent: "no floor of its own"
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-3-a: decides whether transfer over this entrance is protected by current cryptography
#     RTS-6-2-c: shows the version that external traffic may use
#     RTS-6-3: compares the versions in use with the choice that the firm made by leading practice
#     RTS-13-1-e: connections over public networks are encrypted as the classification asks
#     RTS-14-1-a: confidentiality and integrity of what is transmitted do not rest on broken versions
#     GDPR-32-1-a: personal data is encrypted in transit by versions that are not broken
#   remediation:
#     az: |
#       az network application-gateway ssl-policy set --resource-group RESOURCE_GROUP --gateway-name GATEWAY --policy-type Predefined --name AppGwSslPolicy20220101
#     terraform: |
#       resource "azurerm_application_gateway" "example" {
#         # ...
#         ssl_policy {
#           policy_type = "Predefined"
#           policy_name = "AppGwSslPolicy20220101"
#         }
#       }
#     bicep: |
#       sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101' }
package azure.network.application_gateway_tls_floor

import data.lib.arm

_floors := {
	"appgwsslpolicy20150501": "TLSv1",
	"appgwsslpolicy20170401": "TLSv1.1",
	"appgwsslpolicy20170401s": "TLSv1.2",
	"appgwsslpolicy20220101": "TLSv1.2",
	"appgwsslpolicy20220101s": "TLSv1.2",
}

_versions := {"tlsv1_0": "TLSv1", "tlsv1_1": "TLSv1.1", "tlsv1_2": "TLSv1.2", "tlsv1_3": "TLSv1.3"}

_predefined if arm.same(input.resource.properties.sslPolicy.policyType, "Predefined")

_own if arm.one_of(input.resource.properties.sslPolicy.policyType, ["Custom", "CustomV2"])

_floor := _floors[lower(input.resource.properties.sslPolicy.policyName)] if _predefined

_floor := _versions[lower(input.resource.properties.sslPolicy.minProtocolVersion)] if _own

_path := "resource.properties.sslPolicy.policyName" if _predefined

_path := "resource.properties.sslPolicy.minProtocolVersion" if _own

deny contains finding if {
	not _floor in data.parameters.tls_versions_allowed
	finding := {
		"message": sprintf("the gateway accepts %s", [_floor]),
		"path": _path,
		"actual": _floor,
		"expected": concat(" or ", data.parameters.tls_versions_allowed),
	}
}

unknown contains "the lowest version of TLS is not known to this policy" if {
	input.resource.properties.sslPolicy.policyType
	not _floor
}
