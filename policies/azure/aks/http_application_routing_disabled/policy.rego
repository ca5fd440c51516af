# METADATA
# title: The add-on for HTTP application routing is off
# description: |
#   The add-on publishes workloads on a public address and DNS zone with an old ingress controller. It is retired and was never meant for
#   production.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/http-application-routing
# custom:
#   check: AKS-NET-005
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.addonProfiles.httpApplicationRouting.enabled, type: boolean}
#   controls:
#     DORA-7-intro: a retired ingress controller gets no updates any more
#     RTS-13-1-g: workloads are not published on a public address by an annotation alone
#     RTS-34: a component out of support is found before it is attacked
#   fix: {path: resource.properties.addonProfiles.httpApplicationRouting.enabled, value: false}
#   remediation:
#     az: az aks disable-addons --resource-group RESOURCE_GROUP --name CLUSTER --addons http_application_routing
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         http_application_routing_enabled = false
#       }
#     bicep: "properties: { addonProfiles: { httpApplicationRouting: { enabled: false } } }"
package azure.aks.http_application_routing_disabled

_http_application_routing := input.resource.properties.addonProfiles.httpApplicationRouting.enabled

deny contains finding if {
	_http_application_routing == true
	finding := {
		"message": "the retired add-on for HTTP application routing is on",
		"path": "resource.properties.addonProfiles.httpApplicationRouting.enabled",
		"actual": _http_application_routing,
		"expected": false,
	}
}
