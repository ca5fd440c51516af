# METADATA
# title: The slot answers over HTTPS only
# description: |
#   Otherwise the slot also answers plain HTTP, and cookies, tokens and content can be read and changed on the way. When it is on, App
#   Service redirects to HTTPS.
#   A slot has settings of its own: those of the app do not reach it, and after a swap it may serve production.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-ssl-bindings
# custom:
#   check: APP-TLS-001
#   severity: high
#   resource: Microsoft.Web/sites/slots
#   reads:
#     - path: resource.properties.httpsOnly
#       type: boolean
#       absent: "false: App Service answers plain HTTP too until told otherwise"
#   controls:
#     DORA-9-2: decides whether requests to the slot are protected in transit at all
#     DORA-9-3-a: a caller that starts in clear text is sent to the encrypted channel of the slot
#     RTS-6-2-a: shows that the slot enforces the encryption rule for data in transit and does not leave it to the caller
#     RTS-6-2-c: holds for every caller of the slot, from the firm's own network as from outside
#     RTS-13-1-e: requests are answered encrypted whatever network they cross
#     RTS-14-1-a: confidentiality and integrity of a session with the slot do not depend on the address that somebody typed
#     GDPR-32-1-a: personal data in requests and answers travels encrypted
#     GDPR-5-1-f: keeps people on the network path from reading or altering personal data in a request
#   fix: {path: resource.properties.httpsOnly, value: true}
#   remediation:
#     az: az resource update --ids SLOT_ID --set properties.httpsOnly=true
#     terraform: |
#       resource "azurerm_linux_web_app_slot" "example" {
#         # ...
#         https_only = true
#       }
#     bicep: "properties: { httpsOnly: true }"
#     portal: Slot > Configuration > General settings > HTTPS Only
package azure.app_service.slot_https_only

default _https_only := false

_https_only := input.resource.properties.httpsOnly

deny contains finding if {
	_https_only == false
	finding := {
		"message": "the slot also answers plain HTTP",
		"path": "resource.properties.httpsOnly",
		"actual": _https_only,
		"expected": true,
	}
}
