# METADATA
# title: The MySQL server names exactly one business domain
# description: |
#   A server that names no business domain, or several, cannot be cut off for one domain without harm to another, and nobody answers for it.
#   The domain is what the firm declares, by a tag unless assize.yaml says otherwise: this shows that the declaration exists and is
#   well-formed, and not that it is true. With the parameter business_domains the name must be one of the firm's list.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
# custom:
#   check: ISO-DOM-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: context.domain
#       absent: "no domain is declared, which is the finding"
#   parameters:
#     business_domains: {type: list, default: [], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: names of the firm's business domains; empty accepts any single name}
#   controls:
#     DORA-8-1: ties the server to the business domain that it supports, so that the dependency is on record
#     RTS-4-2-b-v: keeps with the asset the business function that it supports
#     RTS-13-1-a: a domain per server is the unit by which systems can be segregated
#     GDPR-5-1-b: personal data of one domain does not share a server with another purpose, as far as the declaration goes
#   remediation:
#     az: az tag update --resource-id SERVER_ID --operation Merge --tags domain=payments
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         tags = { domain = "payments" }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         tags: { domain: 'payments' }
#       }
#     note: |
#       A server that truly serves two domains is split: one server for each, with databases, keys, identities and subnet of its own.
package azure.mysql.serves_one_domain

import data.lib.arm

default _domain := ""

_domain := input.context.domain

_several_names if regex.match(`[,;/| ]`, _domain)

_well_formed if regex.match(`^[a-z0-9][a-z0-9_-]*$`, lower(_domain))

deny contains _finding("no business domain is declared", "one business domain") if _domain == ""

deny contains _finding(sprintf("the domain %q is more than one name", [_domain]), "one business domain") if _several_names

deny contains _finding(sprintf("the domain %q is not a well-formed name", [_domain]), "letters, digits, _ and -") if {
	_domain != ""
	not _several_names
	not _well_formed
}

deny contains _finding(sprintf("the domain %q is not one of the firm's", [_domain]), concat(", ", data.parameters.business_domains)) if {
	_well_formed
	count(data.parameters.business_domains) > 0
	not arm.one_of(_domain, data.parameters.business_domains)
}

_finding(message, expected) := {"message": message, "path": "context.domain", "actual": _domain, "expected": expected}
