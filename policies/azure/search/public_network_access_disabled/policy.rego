# METADATA
# title: The search service cannot be reached from the internet
# description: |
#   A public endpoint lets anybody on the internet try keys against indexes that hold copies of the firm's documents.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/search/service-create-private-endpoint
# custom:
#   check: SRCH-NET-001
#   severity: high
#   resource: Microsoft.Search/searchServices
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "enabled: a service has a public endpoint until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the search service is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which indexed documents would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the search service off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the search service from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the search service is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among indexed documents
#   fix: {path: resource.properties.publicNetworkAccess, value: disabled}
#   remediation:
#     az: az search service update --resource-group RESOURCE_GROUP --name SERVICE --public-access disabled
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'disabled' }"
#     note: Create the private endpoint first.
package azure.search.public_network_access_disabled

import data.lib.arm

default _public_network_access := "enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the search service has a public endpoint", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["disabled", "securedByPerimeter", "enabled"])
}
