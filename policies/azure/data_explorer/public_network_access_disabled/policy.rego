# METADATA
# title: The Data Explorer cluster cannot be reached from the internet
# description: |
#   A public endpoint lets anybody on the internet try credentials against a cluster that holds the firm's data for analysis.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/security-network-restrict-public-access
# custom:
#   check: ADX-NET-001
#   severity: high
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a cluster has a public endpoint until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the cluster is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which data for analysis would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the cluster off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the cluster from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the cluster is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among data for analysis
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --public-network-access Disabled
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoint first.
package azure.data_explorer.public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the cluster has a public endpoint", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
