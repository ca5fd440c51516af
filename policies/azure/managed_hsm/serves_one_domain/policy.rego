# METADATA
# title: The Managed HSM serves one business domain only
# description: |
#   Domains that share a pool share its administrators, its network rules, its limits and its outages, and neither can be severed without
#   the other, even where each has keys of its own. Every resource encrypted with any of its keys counts; secrets, and applications that
#   read keys themselves, are not seen. A pool is dear and often shared on purpose, with a role for each domain on its own keys: so this
#   choice is off until the firm sets the parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/best-practices
# custom:
#   check: ISO-DOM-005
#   severity: medium
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - related.vault_users
#   parameters:
#     hsm_pool_per_domain_required: {type: boolean, default: false, meaning: whether each business domain must have Managed HSM pools of its own}
#   controls:
#     RTS-7-2: a pool of one domain can be protected by the classification of that domain alone
#     DORA-9-4-d: the loss or misuse of one pool stays inside one domain
#   remediation:
#     az: az keyvault key create --hsm-name OTHER_HSM --name key-risk-pg --kty RSA-HSM --size 3072
#     portal: PostgreSQL server > Security > Data encryption
#     note: Move the resources of the other domains to keys in a vault or pool of their own, or leave the parameter off where pools are shared.
package azure.managed_hsm.serves_one_domain

import data.lib.domains

_users := input.related.vault_users

not_applicable contains "pools of one domain are not required" if data.parameters.hsm_pool_per_domain_required == false

not_applicable contains "no resource is encrypted with a key of the pool" if _users.count == 0

deny contains finding if {
	domains.shared(_users)
	finding := {
		"message": sprintf("the pool is shared by the business domains %s", [domains.spread(_users)]),
		"path": "related.vault_users",
		"actual": domains.spread(_users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the pool name no business domain", [_users.undeclared.count]) if domains.undeclared(_users)
