# METADATA
# title: App Service authenticates the callers of the app
# description: |
#   App Service can refuse callers that have not signed in before they reach the code. Without it, every path of the app relies on the
#   code to ask. An app that authenticates its callers itself is no gap: set app_authentication_required to false for it. Only the switch
#   is judged, not which callers the settings admit; live Azure shows it only where these settings were read.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/overview-authentication-authorization
# custom:
#   check: APP-AUTH-003
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: children.config.authsettingsV2.properties.platform.enabled
#       type: boolean
#       absent: "false: the app has no settings of this kind"
#     - path: children.config.authsettings.properties.enabled
#       type: boolean
#       absent: "false: the app has no settings of the older kind"
#   parameters:
#     app_authentication_required: {type: boolean, default: true, meaning: whether App Service itself must authenticate callers of an app}
#   controls:
#     RTS-20-1: callers are identified before the code of the app runs
#     RTS-21-f-ii: puts the sign-in of the directory in front of an app that the public can reach
#     DORA-9-4-c: access to the app starts closed, and not where somebody forgot to ask
#     GDPR-25-2: personal data behind the app is not open by default
#   remediation:
#     az: az webapp auth update --resource-group RESOURCE_GROUP --name APP --enabled true
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         auth_settings_v2 {
#           auth_enabled           = true
#           require_authentication = true
#           active_directory_v2 {
#             client_id            = var.client_id
#             tenant_auth_endpoint = "https://login.microsoftonline.com/TENANT_ID/v2.0"
#           }
#           login {}
#         }
#       }
#     bicep: |
#       resource auth 'Microsoft.Web/sites/config@2024-11-01' = {
#         parent: app
#         name: 'authsettingsV2'
#         properties: { platform: { enabled: true }, globalValidation: { requireAuthentication: true } }
#       }
#     portal: App > Settings > Authentication > Add identity provider
package azure.app_service.authentication_enabled

default _current := false

_current := input.children.config.authsettingsV2.properties.platform.enabled

default _classic := false

_classic := input.children.config.authsettings.properties.enabled

not_applicable contains "the app need not leave authentication to App Service" if data.parameters.app_authentication_required == false

deny contains finding if {
	_current == false
	_classic == false
	finding := {
		"message": "App Service lets callers through to the app without asking who they are",
		"path": "children.config.authsettingsV2.properties.platform.enabled",
		"actual": _current,
		"expected": true,
	}
}
