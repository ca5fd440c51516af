# METADATA
# title: Purge protection is on
# description: A deleted vault can be purged, and its keys with it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
# custom:
#   check: KV-PURGE-001
#   severity: high
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - path: resource.properties.enablePurgeProtection
#       absent: "off: Azure leaves the property out when it is off"
#     - context.at
#   parameters:
#     days: {type: integer, default: 7, min: 1, max: 35, meaning: days to keep}
#     words: {type: list, default: [a], pattern: "^[a-z]+$", meaning: words}
#     word: {type: string, default: a, allowed: [a, b], meaning: a word}
#     flag: {type: boolean, default: true, meaning: yes or no}
#   controls:
#     DORA-9-2: keeps the keys that protect the data
#   remediation:
#     az: az keyvault update --name VAULT --enable-purge-protection true
#   aliases: [azure.fuzz.held]
package azure.fuzz.holds

deny contains {"message": "off"} if not input.resource.properties.enablePurgeProtection
