# METADATA
# title: The key vault serves one business domain only
# description: |
#   Domains that share a vault share its administrators, its network rules, its limits and its outages, and neither can be severed without
#   the other, even where each has keys of its own. Every resource encrypted with any of its keys counts; secrets, and applications that
#   read keys themselves, are not seen. A firm that runs one vault for all turns this off with a parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/best-practices
# custom:
#   check: ISO-DOM-005
#   severity: medium
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - related.vault_users
#   parameters:
#     vault_per_domain_required: {type: boolean, default: true, meaning: whether each business domain must have key vaults of its own}
#   controls:
#     RTS-7-2: a vault of one domain can be protected by the classification of that domain alone
#     DORA-9-4-d: the loss or misuse of one vault stays inside one domain
#   remediation:
#     az: |
#       az keyvault create --resource-group RESOURCE_GROUP --name kv-risk --location westeurope --sku premium --enable-purge-protection true --tags domain=risk
#       az keyvault key create --vault-name kv-risk --name key-risk-pg --kty RSA-HSM --size 3072
#     terraform: |
#       resource "azurerm_key_vault" "risk" {
#         # ...
#         tags = { domain = "risk" }
#       }
#     note: Give each domain a vault of its own, point its resources to keys there, and keep the old key until no backup needs it.
package azure.key_vault.serves_one_domain

import data.lib.domains

_users := input.related.vault_users

not_applicable contains "vaults of one domain are not required" if data.parameters.vault_per_domain_required == false

not_applicable contains "no resource is encrypted with a key of the vault" if _users.count == 0

deny contains finding if {
	domains.shared(_users)
	finding := {
		"message": sprintf("the vault is shared by the business domains %s", [domains.spread(_users)]),
		"path": "related.vault_users",
		"actual": domains.spread(_users),
		"expected": "one business domain",
	}
}

unknown contains sprintf("%v users of the vault name no business domain", [_users.undeclared.count]) if domains.undeclared(_users)
