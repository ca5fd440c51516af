# METADATA
# title: The app answers over HTTPS only
# description: |
#   Otherwise the app also answers plain HTTP, and cookies, tokens and content can be read and changed on the way. When it is on, App
#   Service redirects to HTTPS.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-ssl-bindings
# custom:
#   check: APP-TLS-001
#   severity: high
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.httpsOnly
#       type: boolean
#       absent: "false: App Service answers plain HTTP too until told otherwise"
#   controls:
#     DORA-9-2: decides whether requests to the app are protected in transit at all
#     DORA-9-3-a: a caller that starts in clear text is sent to the encrypted channel of the app
#     RTS-6-2-a: shows that the app enforces the encryption rule for data in transit and does not leave it to the caller
#     RTS-6-2-c: holds for every caller of the app, from the firm's own network as from outside
#     RTS-13-1-e: requests are answered encrypted whatever network they cross
#     RTS-14-1-a: confidentiality and integrity of a session with the app do not depend on the address that somebody typed
#     GDPR-32-1-a: personal data in requests and answers travels encrypted
#     GDPR-5-1-f: keeps people on the network path from reading or altering personal data in a request
#   fix: {path: resource.properties.httpsOnly, value: true}
#   remediation:
#     az: az webapp update --resource-group RESOURCE_GROUP --name APP --https-only true
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         https_only = true
#       }
#     bicep: "properties: { httpsOnly: true }"
#     portal: App > Configuration > General settings > HTTPS Only
package azure.app_service.https_only

default _https_only := false

_https_only := input.resource.properties.httpsOnly

deny contains finding if {
	_https_only == false
	finding := {
		"message": "the app also answers plain HTTP",
		"path": "resource.properties.httpsOnly",
		"actual": _https_only,
		"expected": true,
	}
}
