# METADATA
# title: The app asks its callers for a certificate
# description: |
#   With client certificates a caller must own a private key before the app sees the request: a stolen token alone is not enough. App
#   Service asks for the certificate; the app must still check whose it is. The mode Optional lets callers in without one. Apps for
#   browsers cannot do this: set app_client_certificate_required to false for them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/app-service-web-configure-tls-mutual-auth
# custom:
#   check: APP-AUTH-002
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.clientCertEnabled
#       type: boolean
#       absent: "false: App Service asks for no certificate until told otherwise"
#     - path: resource.properties.clientCertMode
#       type: string
#       absent: "Required: the mode of an app that names none"
#   parameters:
#     app_client_certificate_required: {type: boolean, default: true, meaning: whether callers of an app must present a certificate}
#   controls:
#     DORA-9-4-d: binds a call to a private key, which is strong authentication by an accepted standard
#     RTS-20-1: systems that call the app identify themselves with a certificate of their own
#     RTS-21-f-i: lets the strength of authentication follow the class of the app
#     GDPR-32-1-b: a token that leaked does not open the app by itself
#   remediation:
#     az: az webapp update --resource-group RESOURCE_GROUP --name APP --set clientCertEnabled=true clientCertMode=Required
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         client_certificate_enabled = true
#         client_certificate_mode    = "Required"
#       }
#     bicep: "properties: { clientCertEnabled: true, clientCertMode: 'Required' }"
package azure.app_service.client_certificate_required

import data.lib.arm

default _enabled := false

_enabled := input.resource.properties.clientCertEnabled

default _mode := "Required"

_mode := input.resource.properties.clientCertMode

not_applicable contains "callers of this app need no certificate" if data.parameters.app_client_certificate_required == false

deny contains finding if {
	_enabled == false
	finding := {
		"message": "the app asks for no client certificate",
		"path": "resource.properties.clientCertEnabled",
		"actual": _enabled,
		"expected": true,
	}
}

deny contains finding if {
	_enabled == true
	arm.one_of(_mode, ["Optional", "OptionalInteractiveUser"])
	finding := {
		"message": sprintf("clientCertMode is %s: callers without a certificate are let in", [_mode]),
		"path": "resource.properties.clientCertMode",
		"actual": _mode,
		"expected": "Required",
	}
}

unknown contains sprintf("clientCertMode is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Required", "Optional", "OptionalInteractiveUser"])
}
