# METADATA
# title: The key of the key vault serves production or other environments, not both
# description: |
#   A key used in tests and in production ties them together: who may use it there can open data here, and it cannot be revoked for one
#   alone. Every resource encrypted with the same key counts, whatever the version of the key. The environment of a resource is what it
#   declares.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-data-encryption
# custom:
#   check: ISO-ENV-001
#   severity: high
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - related.key_users
#   parameters:
#     production_environments: {type: list, default: [prd, prod, production], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: "names of environments that count as production, as one"}
#     environments_apart: {type: string, default: production, allowed: [production, each], meaning: "which environments must not share a thing: production with any other, or each with each"}
#   controls:
#     RTS-8-2-b-v: shows whether production data is encrypted apart from that of development and test
#     DORA-9-3-d: a key that is deleted or disabled by mistake in a test does not stop production
#     RTS-16-5: shows only that what opens data of other environments does not open data of production
#   remediation:
#     az: az keyvault key create --vault-name VAULT --name key-payments-test --kty RSA-HSM --size 3072
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "test" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id                  = azurerm_key_vault_key.test.id
#           primary_user_assigned_identity_id = azurerm_user_assigned_identity.test.id
#         }
#       }
#     note: Point the resources of the other environments to the new key, and keep the old key until no backup needs it.
package azure.key_vault.key_serves_one_environment

import data.lib.environments

_users := input.related.key_users

not_applicable contains "no resource is encrypted with the key" if _users.count == 0

deny contains finding if {
	environments.mixed(_users, data.parameters.production_environments, data.parameters.environments_apart)
	finding := {
		"message": sprintf("the key serves the environments %s", [environments.spread(_users)]),
		"path": "related.key_users",
		"actual": environments.spread(_users),
		"expected": "one environment",
	}
}

unknown contains sprintf("%v users of the key name no environment", [_users.environments_undeclared.count]) if environments.undeclared(_users)
