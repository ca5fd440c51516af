# METADATA
# title: The Kubernetes API does not answer every address
# description: |
#   A public API server without authorised address ranges talks to anybody on the internet. Ranges are the second best answer where a
#   private cluster is not possible; a private cluster needs none and passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
# custom:
#   check: AKS-NET-002
#   severity: high
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.apiServerAccessProfile.authorizedIPRanges
#       type: array
#       absent: "none: without ranges every address is let in"
#     - path: resource.properties.apiServerAccessProfile.enablePrivateCluster
#       type: boolean
#       absent: "false: the API server is public until told otherwise"
#   controls:
#     RTS-13-1-d: connections to the API from addresses that the firm did not name are refused
#     RTS-13-1-g: limits traffic from the internet to the API to known ends
#     DORA-9-4-b: the ranges can be emptied to cut administration from outside at once
#     GDPR-25-2: the API is not open to an indefinite public
#     GDPR-32-1-b: a stolen token is of no use from an address that is not named
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --api-server-authorized-ip-ranges 198.51.100.0/24
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         api_server_access_profile {
#           authorized_ip_ranges = ["198.51.100.0/24"]
#         }
#       }
#     bicep: "properties: { apiServerAccessProfile: { authorizedIPRanges: ['198.51.100.0/24'] } }"
package azure.aks.api_server_addresses_limited

default _ranges := []

_ranges := input.resource.properties.apiServerAccessProfile.authorizedIPRanges

default _private := false

_private := input.resource.properties.apiServerAccessProfile.enablePrivateCluster

deny contains finding if {
	_private == false
	count(_ranges) == 0
	finding := {
		"message": "the public Kubernetes API answers every address",
		"path": "resource.properties.apiServerAccessProfile.authorizedIPRanges",
		"actual": _ranges,
		"expected": "ranges of the firm",
	}
}

deny contains finding if {
	_private == false
	some range in _ranges
	endswith(range, "/0")
	finding := {
		"message": sprintf("the range %s is the whole internet", [range]),
		"path": "resource.properties.apiServerAccessProfile.authorizedIPRanges",
		"actual": _ranges,
		"expected": "ranges of the firm",
	}
}

unknown contains sprintf("%v is no range of addresses", [range]) if {
	some range in _ranges
	not is_string(range)
}
