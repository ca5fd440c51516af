# METADATA
# title: The registry has no admin user
# description: |
#   The admin user is one account with two passwords and every right on the registry. Whoever knows one can replace the images that run in
#   production, and nobody can tell who it was.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-authentication
# custom:
#   check: ACR-AUTH-001
#   severity: high
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - {path: resource.properties.adminUserEnabled, type: boolean}
#   controls:
#     DORA-9-4-c: closes the door that central administration of rights does not see, a password that people and pipelines share
#     DORA-9-4-d: a password that people and pipelines share is no strong authentication, and with this setting it no longer opens the registry
#     RTS-20-1: nobody can use the registry as somebody that the directory does not know
#     RTS-21-c: ends shared access to the registry, whose use cannot be traced to a person
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked secret no longer opens the registry and the personal data in it
#   fix: {path: resource.properties.adminUserEnabled, value: false}
#   remediation:
#     az: az acr update --name REGISTRY --admin-enabled false
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         admin_enabled = false
#       }
#     bicep: "properties: { adminUserEnabled: false }"
package azure.container_registry.admin_user_disabled

_admin_user_enabled := input.resource.properties.adminUserEnabled

deny contains finding if {
	_admin_user_enabled == true
	finding := {
		"message": "the registry has an admin user with a password",
		"path": "resource.properties.adminUserEnabled",
		"actual": _admin_user_enabled,
		"expected": false,
	}
}
