# METADATA
# title: The subscription holds production or other environments, not both
# description: |
#   Owners, quotas, policies and locks of a subscription apply to all that is in it. Tests beside production share its administrators and
#   can use up what production needs. Every resource that declares an environment counts; resource groups and assignments of roles do not.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/landing-zone/design-area/resource-org-subscriptions
# custom:
#   check: ISO-ENV-001
#   severity: high
#   resource: Microsoft.Resources/subscriptions
#   reads:
#     - related.subscription_users
#   parameters:
#     production_environments: {type: list, default: [prd, prod, production], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: "names of environments that count as production, as one"}
#     environments_apart: {type: string, default: production, allowed: [production, each], meaning: "which environments must not share a thing: production with any other, or each with each"}
#   controls:
#     RTS-8-2-b-v: shows whether production and tests have accounts of their own, as the unit of rights and quotas
#     DORA-9-3-d: a mistake in the administration of tests stops at the border of their subscription
#     RTS-16-5: shows only that other environments lie where rights to production do not reach; what data they hold is not seen
#   remediation:
#     az: az resource list --tag environment=test --query "[].id"
#     portal: Resource group > Move > Move to another subscription
#     note: Many resources move between subscriptions of one tenant without being made anew; identities and private links need care.
package azure.estate.subscription_serves_one_environment

import data.lib.environments

_users := input.related.subscription_users

not_applicable contains "the subscription holds no resource" if _users.count == 0

deny contains finding if {
	environments.mixed(_users, data.parameters.production_environments, data.parameters.environments_apart)
	finding := {
		"message": sprintf("the subscription serves the environments %s", [environments.spread(_users)]),
		"path": "related.subscription_users",
		"actual": environments.spread(_users),
		"expected": "one environment",
	}
}

unknown contains sprintf("%v resources of the subscription name no environment", [_users.environments_undeclared.count]) if environments.undeclared(_users)
