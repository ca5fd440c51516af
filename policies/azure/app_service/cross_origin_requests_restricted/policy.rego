# METADATA
# title: Not every web site may call the app from a browser
# description: |
#   With * among the allowed origins, any site that a user visits can call the app from the user's browser and read the answer. Name the
#   sites that need it. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api
# custom:
#   check: APP-NET-002
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.siteConfig.cors.allowedOrigins
#       type: array
#       absent: "none: App Service allows no origin until one is named"
#   controls:
#     RTS-21-d: a foreign web site cannot use the session of a user to read from the app
#     RTS-11-2-i: closes a way by which data of the app leaks to any site that a user visits
#     GDPR-25-2: answers with personal data are readable by named sites and not by any
#     GDPR-32-1-b: keeps the confidentiality of what the app shows to its own users
#   remediation:
#     az: az webapp cors remove --resource-group RESOURCE_GROUP --name APP --allowed-origins '*'
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           cors {
#             allowed_origins = ["https://portal.example.com"]
#           }
#         }
#       }
#     bicep: "properties: { siteConfig: { cors: { allowedOrigins: ['https://portal.example.com'] } } }"
#     portal: App > API > CORS
package azure.app_service.cross_origin_requests_restricted

_origins := input.resource.properties.siteConfig.cors.allowedOrigins

deny contains finding if {
	some origin in _origins
	origin == "*"
	finding := {
		"message": "every web site may call the app from a browser",
		"path": "resource.properties.siteConfig.cors.allowedOrigins",
		"actual": _origins,
		"expected": "origins by name",
	}
}

unknown contains sprintf("%v is no origin that this policy understands", [origin]) if {
	some origin in _origins
	not is_string(origin)
}
