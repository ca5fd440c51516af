# METADATA
# title: The cluster uses the standard load balancer
# description: |
#   The basic load balancer has no agreed availability, spans no zones and lets traffic in until a rule forbids it. Azure retired it in
#   2025. It is fixed at creation.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/load-balancer-standard
# custom:
#   check: AKS-ZR-005
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.networkProfile.loadBalancerSku, type: string}
#   controls:
#     DORA-12-4: requests find nodes in the remaining zones when one is lost
#     DORA-7-intro: finds a load balancer that Azure retired
#     RTS-13-1-d: the standard load balancer is closed to connections until a rule admits them
#   remediation:
#     az: az aks create --resource-group RESOURCE_GROUP --name NEW_CLUSTER --load-balancer-sku standard
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         network_profile {
#           network_plugin    = "azure"
#           load_balancer_sku = "standard"
#         }
#       }
#     bicep: "properties: { networkProfile: { loadBalancerSku: 'standard' } }"
package azure.aks.standard_load_balancer_used

import data.lib.arm

_load_balancer_sku := input.resource.properties.networkProfile.loadBalancerSku

deny contains finding if {
	arm.same(_load_balancer_sku, "basic")
	finding := {
		"message": sprintf("the load balancer of the cluster is %s", [_load_balancer_sku]),
		"path": "resource.properties.networkProfile.loadBalancerSku",
		"actual": _load_balancer_sku,
		"expected": "standard",
	}
}

unknown contains sprintf("loadBalancerSku is %q, which this policy does not know", [_load_balancer_sku]) if {
	not arm.one_of(_load_balancer_sku, ["standard", "basic"])
}
