# METADATA
# title: The publishing password opens no deployment site
# description: |
#   Every app has a publishing user with a password that never expires and knows no second factor. While it is allowed for web deployment,
#   whoever has it can replace the code. Deploy with Entra identities instead.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable
# custom:
#   check: APP-AUTH-005
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: children.basicPublishingCredentialsPolicies.scm.properties.allow
#       type: boolean
#       absent: "true: App Service accepts the password until the policy says no"
#   controls:
#     DORA-9-4-c: closes a door to web deployment that central administration of rights does not see
#     DORA-9-4-d: a shared password is no strong authentication, and it no longer opens web deployment
#     RTS-21-c: ends a publishing user whose deployments cannot be traced to a person
#     RTS-17-1-b: code cannot be replaced past the approvals of the pipeline by whoever knows the password
#     RTS-21-f-ii: privileged access to the code needs the sign-in of the directory
#   fix: {path: children.basicPublishingCredentialsPolicies.scm.properties.allow, value: false}
#   remediation:
#     az: az resource update --resource-group RESOURCE_GROUP --namespace Microsoft.Web --parent sites/APP --resource-type basicPublishingCredentialsPolicies --name scm --set properties.allow=false
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         webdeploy_publish_basic_authentication_enabled = false
#       }
#     bicep: |
#       resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
#         parent: app
#         name: 'scm'
#         properties: { allow: false }
#       }
#     portal: App > Configuration > General settings > SCM Basic Auth Publishing Credentials > Off
package azure.app_service.scm_password_disabled

default _allow := true

_allow := input.children.basicPublishingCredentialsPolicies.scm.properties.allow

deny contains finding if {
	_allow == true
	finding := {
		"message": "the publishing password is accepted for web deployment",
		"path": "children.basicPublishingCredentialsPolicies.scm.properties.allow",
		"actual": _allow,
		"expected": false,
	}
}
