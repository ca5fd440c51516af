# METADATA
# title: The virtual network serves production or other environments, not both
# description: |
#   Inside one virtual network everything may reach everything unless rules say otherwise. Tests beside production are one wrong rule away
#   from its data. Everything placed in one of the subnets counts; peered networks do not. The environment of a resource is what it
#   declares; hub networks that serve both are waived by name.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/landing-zone/design-area/network-topology-and-connectivity
# custom:
#   check: ISO-ENV-001
#   severity: high
#   resource: Microsoft.Network/virtualNetworks
#   reads:
#     - related.network_users
#   parameters:
#     production_environments: {type: list, default: [prd, prod, production], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: "names of environments that count as production, as one"}
#     environments_apart: {type: string, default: production, allowed: [production, each], meaning: "which environments must not share a thing: production with any other, or each with each"}
#   controls:
#     RTS-8-2-b-v: shows whether production and tests have networks of their own
#     DORA-9-3-d: a mistake in the routes or rules of a test network does not reach production
#   remediation:
#     az: az network vnet create --resource-group RESOURCE_GROUP --name vnet-payments-test --location westeurope --address-prefixes 10.50.0.0/16 --tags environment=test
#     terraform: |
#       resource "azurerm_virtual_network" "test" {
#         # ...
#         address_space = ["10.50.0.0/16"]
#         tags          = { environment = "test" }
#       }
#     note: |
#       Most resources cannot change their network: make them anew in the network of their environment.
package azure.network.virtual_network_serves_one_environment

import data.lib.environments

_users := input.related.network_users

not_applicable contains "nothing stands in the virtual network" if _users.count == 0

deny contains finding if {
	environments.mixed(_users, data.parameters.production_environments, data.parameters.environments_apart)
	finding := {
		"message": sprintf("the virtual network serves the environments %s", [environments.spread(_users)]),
		"path": "related.network_users",
		"actual": environments.spread(_users),
		"expected": "one environment",
	}
}

unknown contains sprintf("%v users of the virtual network name no environment", [_users.environments_undeclared.count]) if environments.undeclared(_users)
