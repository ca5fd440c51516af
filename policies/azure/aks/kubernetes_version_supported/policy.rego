# METADATA
# title: The cluster runs a release of Kubernetes that the firm counts as supported
# description: |
#   Each release of Kubernetes is corrected for about a year. After that the cluster runs on, without corrections and without support.
#   Releases follow each other quickly: the list is the firm's, kubernetes_releases_supported, and while it is empty this policy does not
#   apply. Live only: code never shows the version in use.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
# custom:
#   check: AKS-EOL-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.currentKubernetesVersion, type: string}
#   parameters:
#     kubernetes_releases_supported: {type: list, default: [], pattern: "^[0-9]+[.][0-9]+$", meaning: releases of Kubernetes that count as supported; empty checks none}
#   controls:
#     RTS-4-2-b-ix: compares the release in use with the ones that are still supported
#     DORA-7-intro: shows whether the cluster is kept up to date
#     DORA-8-7: points to clusters that have become legacy systems
#     RTS-34: monitors the status of support of the cluster
#   remediation:
#     az: az aks upgrade --resource-group RESOURCE_GROUP --name CLUSTER --kubernetes-version VERSION
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         kubernetes_version = "1.33"
#       }
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           kubernetesVersion: '1.33'
#         }
#       }
package azure.aks.kubernetes_version_supported

_release := concat(".", array.slice(split(input.resource.properties.currentKubernetesVersion, "."), 0, 2))

_numbered if regex.match(`^[0-9]+[.][0-9]+$`, _release)

not_applicable contains "no list of supported releases is set" if count(data.parameters.kubernetes_releases_supported) == 0

deny contains finding if {
	_numbered
	count(data.parameters.kubernetes_releases_supported) > 0
	not _release in data.parameters.kubernetes_releases_supported
	finding := {
		"message": sprintf("the cluster runs Kubernetes %s", [input.resource.properties.currentKubernetesVersion]),
		"path": "resource.properties.currentKubernetesVersion",
		"actual": input.resource.properties.currentKubernetesVersion,
		"expected": data.parameters.kubernetes_releases_supported,
	}
}

unknown contains sprintf("%q is no version", [input.resource.properties.currentKubernetesVersion]) if not _numbered
