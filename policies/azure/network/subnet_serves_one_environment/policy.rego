# METADATA
# title: The subnet serves production or other environments, not both
# description: |
#   Network rules and routes apply to a whole subnet, and inside it the default rules let everything through. Tests and production in one
#   subnet cannot be told apart by any rule. Everything placed in the subnet counts. The environment of a resource is what it declares.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-network-vnet-plan-design-arm
# custom:
#   check: ISO-ENV-001
#   severity: high
#   resource: Microsoft.Network/virtualNetworks/subnets
#   reads:
#     - related.subnet_users
#   parameters:
#     production_environments: {type: list, default: [prd, prod, production], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: "names of environments that count as production, as one"}
#     environments_apart: {type: string, default: production, allowed: [production, each], meaning: "which environments must not share a thing: production with any other, or each with each"}
#   controls:
#     RTS-8-2-b-v: shows whether connections of production and of tests share a segment
#     DORA-9-3-d: a rule changed for a test does not open or close the way to production
#   remediation:
#     az: az network vnet subnet create --resource-group RESOURCE_GROUP --vnet-name NETWORK --name snet-payments-test --address-prefixes 10.50.1.0/24
#     terraform: |
#       resource "azurerm_subnet" "test" {
#         # ...
#         name             = "snet-payments-test"
#         address_prefixes = ["10.50.1.0/24"]
#       }
#     note: |
#       Most resources cannot change their subnet: make them anew in the subnet of their environment.
package azure.network.subnet_serves_one_environment

import data.lib.environments

_users := input.related.subnet_users

not_applicable contains "nothing stands in the subnet" if _users.count == 0

deny contains finding if {
	environments.mixed(_users, data.parameters.production_environments, data.parameters.environments_apart)
	finding := {
		"message": sprintf("the subnet serves the environments %s", [environments.spread(_users)]),
		"path": "related.subnet_users",
		"actual": environments.spread(_users),
		"expected": "one environment",
	}
}

unknown contains sprintf("%v users of the subnet name no environment", [_users.environments_undeclared.count]) if environments.undeclared(_users)
