# METADATA
# title: Scripts of named web sites only reach queues
# description: |
#   With * as allowed origin a page from anywhere can use the browser of a user, or a signature that it got hold of, to reach queues.
#   Without rules no foreign page can. A rule names the sites of the firm.
# related_resources:
#   - ref: https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services
# custom:
#   check: STO-NET-011
#   severity: low
#   resource: Microsoft.Storage/storageAccounts/queueServices
#   reads:
#     - {path: resource.properties.cors.corsRules, type: array}
#   controls:
#     RTS-11-2-b: a switch on queues that is needed for known sites only is not left open to all
#     RTS-13-1-d: requests of scripts come from sites that the firm named
#     GDPR-25-2: personal data in queues is not offered to pages of an indefinite number of people
#   remediation:
#     az: |
#       az storage cors clear --account-name ACCOUNT --services q
#       az storage cors add --account-name ACCOUNT --services q --methods GET --origins https://app.example.com
#     terraform: |
#       resource "azurerm_storage_account_queue_properties" "example" {
#         storage_account_id = azurerm_storage_account.example.id
#         cors_rule {
#           allowed_origins    = ["https://app.example.com"]
#           allowed_methods    = ["GET"]
#           allowed_headers    = ["authorization"]
#           exposed_headers    = ["etag"]
#           max_age_in_seconds = 300
#         }
#       }
#     bicep: |
#       resource service 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: { cors: { corsRules: [] } }
#       }
#     portal: Storage account > Settings > Resource sharing (CORS)
package azure.storage.queue_cross_origin_requests_restricted

_origins contains origin if {
	some rule in input.resource.properties.cors.corsRules
	some origin in rule.allowedOrigins
}

deny contains finding if {
	some origin in _origins
	contains(origin, "*")
	finding := {
		"message": sprintf("pages of %s may call the service", [origin]),
		"path": "resource.properties.cors.corsRules",
		"actual": sort(_origins),
		"expected": "named sites",
	}
}

unknown contains "a rule names no origins" if {
	some rule in input.resource.properties.cors.corsRules
	not _has_origins(rule)
}

_has_origins(rule) if is_array(rule.allowedOrigins)
