# METADATA
# title: The managed identity serves production or other environments, not both
# description: |
#   What an identity may do, every resource that carries it may do. One that is on a test resource too lets whoever controls the test act in
#   production. Assignments to resources are counted; the roles that the identity holds and its federated credentials are not. The
#   environment of a resource is what it declares.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations
# custom:
#   check: ISO-ENV-001
#   severity: high
#   resource: Microsoft.ManagedIdentity/userAssignedIdentities
#   reads:
#     - related.identity_users
#   parameters:
#     production_environments: {type: list, default: [prd, prod, production], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: "names of environments that count as production, as one"}
#     environments_apart: {type: string, default: production, allowed: [production, each], meaning: "which environments must not share a thing: production with any other, or each with each"}
#   controls:
#     RTS-8-2-b-v: shows whether the accounts of workloads are kept apart between production and tests
#     DORA-9-3-d: rights given for a test do not let a mistake there change production
#   remediation:
#     az: |
#       az identity create --resource-group RESOURCE_GROUP --name id-payments-test --tags environment=test
#       az role assignment create --assignee-object-id NEW_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role ROLE --scope SCOPE
#     terraform: |
#       resource "azurerm_user_assigned_identity" "test" {
#         name                = "id-payments-test"
#         location            = azurerm_resource_group.test.location
#         resource_group_name = azurerm_resource_group.test.name
#         tags                = { environment = "test" }
#       }
#     note: Give each environment an identity of its own, move its resources to it, then take its rights from the old one.
package azure.managed_identity.serves_one_environment

import data.lib.environments

_users := input.related.identity_users

not_applicable contains "no resource uses the identity" if _users.count == 0

deny contains finding if {
	environments.mixed(_users, data.parameters.production_environments, data.parameters.environments_apart)
	finding := {
		"message": sprintf("the identity serves the environments %s", [environments.spread(_users)]),
		"path": "related.identity_users",
		"actual": environments.spread(_users),
		"expected": "one environment",
	}
}

unknown contains sprintf("%v users of the identity name no environment", [_users.environments_undeclared.count]) if environments.undeclared(_users)
