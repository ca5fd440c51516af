# METADATA
# title: The registry cannot be reached from the internet
# description: |
#   A public endpoint lets anybody on the internet try credentials and known flaws against the registry whose images run in production.
#   Private endpoints need the Premium tier.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-private-link
# custom:
#   check: ACR-NET-001
#   severity: high
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a registry has a public endpoint until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the registry is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which images and their code would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the registry off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the registry from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the registry is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among images and their code
#   remediation:
#     az: az acr update --name REGISTRY --public-network-enabled false
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoint first.
package azure.container_registry.public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the registry has a public endpoint", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
