# METADATA
# title: The control plane of the cluster has an agreed availability
# description: |
#   The Free tier promises no availability of the API server and limits its capacity; it is made for trials. Standard and Premium carry an
#   agreement, and Premium also long-term support of versions.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers
# custom:
#   check: AKS-ZR-002
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.sku.tier
#       type: string
#       absent: "Free: the tier of a cluster that names none"
#   controls:
#     DORA-7-b: an agreed availability is the least that a dependable control plane needs
#     DORA-7-c: the Free tier limits the capacity of the API server
#     DORA-9-2: the control plane restarts failed workloads, so their availability depends on it
#     GDPR-32-1-b: processing recovers from failures only while the control plane works
#   fix: {path: resource.sku.tier, value: Standard}
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --tier standard
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         sku_tier = "Standard"
#       }
#     bicep: "sku: { name: 'Base', tier: 'Standard' }"
package azure.aks.control_plane_tier_sufficient

import data.lib.arm

default _tier := "Free"

_tier := input.resource.sku.tier

deny contains finding if {
	arm.same(_tier, "Free")
	finding := {
		"message": sprintf("the tier of the control plane is %s", [_tier]),
		"path": "resource.sku.tier",
		"actual": _tier,
		"expected": "Standard",
	}
}

unknown contains sprintf("sku.tier is %q, which this policy does not know", [_tier]) if {
	not arm.one_of(_tier, ["Standard", "Premium", "Paid", "Free"])
}
