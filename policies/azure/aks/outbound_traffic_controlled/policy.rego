# METADATA
# title: Traffic out of the cluster goes over a way that the firm controls
# description: |
#   By default every pod reaches the whole internet through a load balancer that Azure keeps. A pod that was taken over can fetch tools and
#   carry data away. With routes of the firm traffic passes its firewall, or does not leave at all. Whether the routes lead to a firewall is
#   not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/egress-outboundtype
# custom:
#   check: AKS-NET-005
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.networkProfile.outboundType
#       type: string
#       absent: "loadBalancer: what Azure takes when no way is named"
#   controls:
#     RTS-13-1-g: traffic from the cluster to the internet goes over a way that the firm can guard
#     RTS-14-1-b: data cannot leave the cluster unseen
#     RTS-11-2-i: a pod that was taken over has no open way out
#     DORA-9-4-b: the way out can be cut by the firm
#     GDPR-32-1-b: personal data in pods has no unguarded way out
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --outbound-type userDefinedRouting
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         network_profile {
#           network_plugin = "azure"
#           outbound_type  = "userDefinedRouting"
#         }
#       }
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           networkProfile: { outboundType: 'userDefinedRouting' }
#         }
#       }
#     note: Set the routes of the subnet and the rules of the firewall first, or the nodes cannot be started.
package azure.aks.outbound_traffic_controlled

import data.lib.arm

default _outbound_type := "loadBalancer"

_outbound_type := input.resource.properties.networkProfile.outboundType

deny contains finding if {
	arm.one_of(_outbound_type, ["loadBalancer", "managedNATGateway"])
	finding := {
		"message": sprintf("pods reach the internet by way of %s, past any firewall", [_outbound_type]),
		"path": "resource.properties.networkProfile.outboundType",
		"actual": _outbound_type,
		"expected": "userDefinedRouting, userAssignedNATGateway, none or block",
	}
}

unknown contains sprintf("outboundType is %q, which this policy does not know", [_outbound_type]) if {
	not arm.one_of(_outbound_type, ["userDefinedRouting", "none", "block", "userAssignedNATGateway", "loadBalancer", "managedNATGateway"])
}
