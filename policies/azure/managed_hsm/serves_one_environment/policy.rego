# METADATA
# title: The Managed HSM serves production or other environments, not both
# description: |
#   Whoever administers a pool for tests can reach the keys of production in it, and its limits and outages strike both. Every resource
#   encrypted with any of its keys counts; secrets, and applications that read keys themselves, are not seen. The environment of a resource
#   is what it declares.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/best-practices
# custom:
#   check: ISO-ENV-001
#   severity: medium
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - related.vault_users
#   parameters:
#     production_environments: {type: list, default: [prd, prod, production], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: "names of environments that count as production, as one"}
#     environments_apart: {type: string, default: production, allowed: [production, each], meaning: "which environments must not share a thing: production with any other, or each with each"}
#   controls:
#     RTS-8-2-b-v: shows whether the keys of production and of tests lie in the same pool
#     DORA-9-3-d: a mistake while a pool for tests is administered does not reach keys of production
#     RTS-16-5: shows only that other environments do not open their data with keys from the same place as production
#   remediation:
#     az: az keyvault key create --hsm-name OTHER_HSM --name key-payments-pg --kty RSA-HSM --size 3072
#     portal: PostgreSQL server > Security > Data encryption
#     note: |
#       Move the resources of the other environments to keys in a vault or pool of their own, and keep the old key until no backup needs it.
package azure.managed_hsm.serves_one_environment

import data.lib.environments

_users := input.related.vault_users

not_applicable contains "no resource is encrypted with a key of the pool" if _users.count == 0

deny contains finding if {
	environments.mixed(_users, data.parameters.production_environments, data.parameters.environments_apart)
	finding := {
		"message": sprintf("the pool serves the environments %s", [environments.spread(_users)]),
		"path": "related.vault_users",
		"actual": environments.spread(_users),
		"expected": "one environment",
	}
}

unknown contains sprintf("%v users of the pool name no environment", [_users.environments_undeclared.count]) if environments.undeclared(_users)
