# METADATA
# title: The key serves one business domain
# description: |
#   When several business domains encrypt with one key, whoever steals or revokes it hits all of them, and none can rotate it alone.
#   The users are those that the snapshot holds; a key that nothing uses is left out. A user that declares no domain makes the verdict
#   unknown, unless two domains are proven already.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/about-keys
# custom:
#   check: ISO-DOM-005
#   severity: medium
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - related.key_users
#   controls:
#     RTS-7-2: keeps the harm of a disclosed or lost key inside one domain
#     DORA-9-4-d: lets each domain protect its key by the class of its own data
#   remediation:
#     az: |
#       az keyvault key create --vault-name VAULT --name KEY_OF_THE_DOMAIN --kty RSA-HSM --size 3072
#       az postgres flexible-server update --name SERVER --resource-group RESOURCE_GROUP --key KEY_URI --identity IDENTITY_ID
#     note: One key for each domain; then point the encryption of every resource at the key of its domain.
package azure.key_vault.key_serves_one_domain

import data.lib.domains

not_applicable contains "nothing uses the key" if input.related.key_users.count == 0

deny contains finding if {
	users := input.related.key_users
	domains.shared(users)
	finding := {
		"message": sprintf("the key is shared by the business domains %s", [domains.names(users)]),
		"path": "related.key_users",
		"actual": domains.names(users),
		"expected": "one business domain",
	}
}

unknown contains reason if {
	domains.undeclared(input.related.key_users)
	reason := sprintf("%v users of the key name no business domain", [input.related.key_users.undeclared.count])
}
