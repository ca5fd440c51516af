# METADATA
# title: The Kubernetes API has no public endpoint
# description: |
#   The API server is the control panel of everything in the cluster. With a public endpoint, one stolen token or one flaw in Kubernetes
#   is enough from anywhere. A cluster is made private when it is created; later only clusters with API server VNet integration can
#   change.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/private-clusters
# custom:
#   check: AKS-NET-001
#   severity: high
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.apiServerAccessProfile.enablePrivateCluster
#       type: boolean
#       absent: "false: the API server is public until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the Kubernetes API is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which the secrets and workloads of the cluster would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the Kubernetes API off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the Kubernetes API from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the Kubernetes API is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among the secrets and workloads of the cluster
#     RTS-13-1-c: the API is administered over private networks, which a dedicated administration network can be
#   remediation:
#     az: az aks create --resource-group RESOURCE_GROUP --name NEW_CLUSTER --enable-private-cluster
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         private_cluster_enabled = true # changing it replaces the cluster
#       }
#     bicep: "properties: { apiServerAccessProfile: { enablePrivateCluster: true } }"
package azure.aks.private_api_server

default _enable_private_cluster := false

_enable_private_cluster := input.resource.properties.apiServerAccessProfile.enablePrivateCluster

deny contains finding if {
	_enable_private_cluster == false
	finding := {
		"message": "the Kubernetes API has a public endpoint",
		"path": "resource.properties.apiServerAccessProfile.enablePrivateCluster",
		"actual": _enable_private_cluster,
		"expected": true,
	}
}
