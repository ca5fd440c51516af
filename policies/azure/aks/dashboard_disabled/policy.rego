# METADATA
# title: The Kubernetes dashboard add-on is off
# description: |
#   The dashboard runs in the cluster with rights of its own; whoever reaches it acts with them. The add-on is retired: newer clusters
#   cannot have it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/kubernetes-portal
# custom:
#   check: AKS-NET-006
#   severity: high
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.addonProfiles.kubeDashboard.enabled, type: boolean}
#   controls:
#     RTS-21-d: closes a way into the cluster that acts with rights of its own
#     RTS-21-c: ends actions of the dashboard that cannot be traced to a person
#     DORA-7-intro: a retired component gets no updates any more
#   fix: {path: resource.properties.addonProfiles.kubeDashboard.enabled, value: false}
#   remediation:
#     az: az aks disable-addons --resource-group RESOURCE_GROUP --name CLUSTER --addons kube-dashboard
#     bicep: "properties: { addonProfiles: { kubeDashboard: { enabled: false } } }"
#     note: azurerm 3 and later cannot switch the dashboard on.
package azure.aks.dashboard_disabled

_kube_dashboard := input.resource.properties.addonProfiles.kubeDashboard.enabled

deny contains finding if {
	_kube_dashboard == true
	finding := {
		"message": "the Kubernetes dashboard runs in the cluster",
		"path": "resource.properties.addonProfiles.kubeDashboard.enabled",
		"actual": _kube_dashboard,
		"expected": false,
	}
}
