# METADATA
# title: The database service names exactly one business domain
# description: |
#   A server or account that names no domain, or several, has no owner who can say who may reach it, how long its data is kept and what its
#   loss means; two domains in one are also lost, restored and cut off together. The domain is a declaration, by tag or in assize.yaml: this
#   policy shows that it is made and well-formed, not that it is true. PostgreSQL and MySQL have policies of their own.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
# custom:
#   check: ISO-DOM-001
#   severity: high
#   resource:
#     - Microsoft.Sql/servers
#     - Microsoft.Sql/managedInstances
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.DocumentDB/mongoClusters
#   reads:
#     - path: context.domain
#       absent: "no domain is declared, which is the finding"
#   parameters:
#     business_domains: {type: list, default: [], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: names of the firm's business domains; empty accepts any single name}
#   controls:
#     DORA-8-1: ties the database service to the business function it supports
#     RTS-4-2-b-v: fills the field of the asset register that names the function a database supports
#     RTS-13-1-a: gives segmentation its unit, since a service without one domain cannot be put in a segment
#     GDPR-5-1-b: one domain per server or account keeps data collected for different purposes apart
#   remediation:
#     az: az tag update --resource-id RESOURCE_ID --operation Merge --tags domain=payments
#     terraform: |
#       resource "azurerm_mssql_server" "example" {
#         # ...
#         tags = { domain = "payments" }
#       }
#     bicep: |
#       resource server 'Microsoft.Sql/servers@2023-08-01' = {
#         // ...
#         tags: {
#           domain: 'payments'
#         }
#       }
#     note: A service that truly serves several domains has to be split; a tag does not change that.
package azure.estate.database_serves_one_domain

import data.lib.arm

default domain := ""

domain := input.context.domain

several_names if regex.match(`[,;/| ]`, domain)

well_formed if regex.match(`^[a-z0-9][a-z0-9_-]*$`, lower(domain))

deny contains finding("no business domain is declared", "one business domain") if domain == ""

deny contains finding(sprintf("the domain %q is more than one name", [domain]), "one business domain") if several_names

deny contains finding(sprintf("the domain %q is not a well-formed name", [domain]), "letters, digits, _ and -") if {
	domain != ""
	not several_names
	not well_formed
}

deny contains finding(sprintf("the domain %q is not one of the firm's", [domain]), concat(", ", data.parameters.business_domains)) if {
	well_formed
	count(data.parameters.business_domains) > 0
	not arm.one_of(domain, data.parameters.business_domains)
}

finding(message, expected) := {"message": message, "path": "context.domain", "actual": domain, "expected": expected}
