# METADATA
# title: The app cannot be reached from the internet
# description: |
#   With public network access the app answers anybody on the internet unless access restrictions keep them out. Apps that are meant for
#   the public belong behind a gateway or front door with a private endpoint; where that is not so, waive the finding.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/networking-features
# custom:
#   check: APP-NET-001
#   severity: high
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: an app has a public endpoint until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the app is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which what the app serves would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the app off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the app from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the app is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among what the app serves
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az resource update --ids APP_ID --set properties.publicNetworkAccess=Disabled
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoint first.
package azure.app_service.public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the app has a public endpoint", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
