# METADATA
# title: Images can only be pulled after signing in
# description: |
#   With anonymous pull, everybody who reaches the registry can read every image: code, libraries, and whatever secrets slipped in.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/anonymous-pull-access
# custom:
#   check: ACR-AUTH-002
#   severity: high
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - {path: resource.properties.anonymousPullEnabled, type: boolean}
#   controls:
#     RTS-20-1: nobody reads an image without being identified
#     DORA-9-4-c: access to images is limited to those that were given it
#     RTS-21-a: images can be read by need to know only when readers are known
#     RTS-11-2-i: code and configuration in images do not leak to anybody who asks
#   fix: {path: resource.properties.anonymousPullEnabled, value: false}
#   remediation:
#     az: az acr update --name REGISTRY --anonymous-pull-enabled false
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         anonymous_pull_enabled = false
#       }
#     bicep: "properties: { anonymousPullEnabled: false }"
package azure.container_registry.anonymous_pull_disabled

_anonymous_pull_enabled := input.resource.properties.anonymousPullEnabled

deny contains finding if {
	_anonymous_pull_enabled == true
	finding := {
		"message": "everybody who reaches the registry can pull images",
		"path": "resource.properties.anonymousPullEnabled",
		"actual": _anonymous_pull_enabled,
		"expected": false,
	}
}
