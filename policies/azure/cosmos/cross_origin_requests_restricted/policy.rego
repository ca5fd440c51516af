# METADATA
# title: Cosmos DB answers scripts of named web sites only
# description: |
#   With * as allowed origin, a page from anywhere can use the browser of a signed-in user, or a key that it got hold of, to read the
#   account. Without rules no foreign page can. A rule names the sites of the firm.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-configure-cross-origin-resource-sharing
# custom:
#   check: COS-NET-006
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.cors, type: array}
#   controls:
#     DORA-9-3-b: lowers the risk that a foreign page reads the account through the browser of a user
#     RTS-11-2-b: a switch that is needed for known sites only is not left open to all
#     RTS-13-1-d: requests come from sites that the firm named
#     GDPR-25-2: personal data is not offered to pages of an indefinite number of people
#   remediation:
#     az: |
#       az resource update --ids ACCOUNT_ID --set properties.cors[0].allowedOrigins=https://app.example.com
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         cors_rule {
#           allowed_origins    = ["https://app.example.com"]
#           allowed_methods    = ["GET"]
#           allowed_headers    = ["authorization"]
#           exposed_headers    = ["etag"]
#           max_age_in_seconds = 300
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           cors: [ { allowedOrigins: 'https://app.example.com' } ]
#         }
#       }
#     portal: Cosmos DB account > Settings > CORS
package azure.cosmos.cross_origin_requests_restricted

_origins contains trim_space(origin) if {
	some rule in input.resource.properties.cors
	some origin in split(rule.allowedOrigins, ",")
}

deny contains finding if {
	some origin in _origins
	contains(origin, "*")
	finding := {
		"message": sprintf("pages of %s may call the account", [origin]),
		"path": "resource.properties.cors",
		"actual": sort(_origins),
		"expected": "named sites",
	}
}

unknown contains "a rule names no origins" if {
	some rule in input.resource.properties.cors
	not _has_origins(rule)
}

_has_origins(rule) if is_string(rule.allowedOrigins)
