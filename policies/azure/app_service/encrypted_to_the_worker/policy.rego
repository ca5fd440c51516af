# METADATA
# title: Requests are encrypted as far as the worker of the app
# description: |
#   App Service ends TLS at its front end and passes requests on inside its datacentre in clear text. With end-to-end encryption the way to
#   the worker is encrypted too. Whether data of this class needs it is for the firm to say.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-ssl-app-service-end-to-end
# custom:
#   check: APP-TLS-004
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.endToEndEncryptionEnabled
#       type: boolean
#       absent: "off: encryption ends at the front end unless the app asks for more"
#   controls:
#     RTS-6-2-c: the connection inside the platform is encrypted as well
#     RTS-13-1-e: no part of the way of a request is left to the network of the provider
#     GDPR-32-1-a: personal data in requests is encrypted on its whole way
#   fix: {path: resource.properties.endToEndEncryptionEnabled, value: true}
#   remediation:
#     az: az resource update --ids APP_ID --set properties.endToEndEncryptionEnabled=true
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           endToEndEncryptionEnabled: true
#         }
#       }
#     portal: App > Settings > Configuration > General settings > End-to-end TLS encryption
#     note: Needs a plan of the tier Standard or above.
package azure.app_service.encrypted_to_the_worker

default _encrypted := false

_encrypted := input.resource.properties.endToEndEncryptionEnabled

deny contains finding if {
	_encrypted == false
	finding := {
		"message": "requests travel in clear text between the front end and the worker",
		"path": "resource.properties.endToEndEncryptionEnabled",
		"actual": false,
		"expected": true,
	}
}
