# METADATA
# title: The subscription holds one business domain only
# description: |
#   A subscription of one domain gives its rights, quotas and costs one owner, and it can be stopped or handed over as a whole. Many firms
#   separate domains by resource groups instead: so this choice is off until the firm sets the parameter. Every resource that declares a
#   domain counts.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/landing-zone/design-area/resource-org-subscriptions
# custom:
#   check: ISO-DOM-004
#   severity: low
#   resource: Microsoft.Resources/subscriptions
#   reads:
#     - related.subscription_users
#   parameters:
#     subscription_per_domain_required: {type: boolean, default: false, meaning: whether each business domain must have subscriptions of its own}
#   controls:
#     DORA-9-4-b: the rights and limits of one domain can be cut off without another
#     RTS-13-1-a: shows the unit of administration in which a domain stands, not the network inside it
#   remediation:
#     az: az resource list --tag domain=risk --query "[].id"
#     portal: Resource group > Move > Move to another subscription
#     note: Many resources move between subscriptions of one tenant without being made anew; identities and private links need care.
package azure.estate.subscription_serves_one_domain

import data.lib.domains

_users := input.related.subscription_users

not_applicable contains "subscriptions of one domain are not required" if data.parameters.subscription_per_domain_required == false

not_applicable contains "the subscription holds no resource" if _users.count == 0

deny contains finding if {
	domains.shared(_users)
	finding := {
		"message": sprintf("the subscription is shared by the business domains %s", [domains.spread(_users)]),
		"path": "related.subscription_users",
		"actual": domains.spread(_users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v resources of the subscription name no business domain", [_users.undeclared.count]) if domains.undeclared(_users)
