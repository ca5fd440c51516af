# METADATA
# title: The data factory is reached over private networks only
# description: |
#   With public network access, self-hosted runtimes and the studio talk to the factory over the internet. The setting concerns how the
#   factory is reached, not which stores its pipelines reach.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-factory/data-factory-private-link
# custom:
#   check: ADF-NET-001
#   severity: medium
#   resource: Microsoft.DataFactory/factories
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a factory has a public endpoint until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the factory is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which pipelines and their connections would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the factory off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the factory from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the factory is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among pipelines and their connections
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az datafactory update --resource-group RESOURCE_GROUP --factory-name FACTORY --public-network-access Disabled
#     terraform: |
#       resource "azurerm_data_factory" "example" {
#         # ...
#         public_network_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoints first.
package azure.data_factory.public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the factory has a public endpoint", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
