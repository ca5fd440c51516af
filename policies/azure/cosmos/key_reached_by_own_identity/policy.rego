# METADATA
# title: Cosmos DB fetches its key under an identity of the firm
# description: |
#   With FirstPartyIdentity the account opens the vault as the one application that all Cosmos DB accounts of all customers share: whoever
#   lets that application into a vault lets in every account of the tenant that names the key. An identity of the account itself can be
#   granted one key, and withdrawn by itself.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-setup-managed-identity
# custom:
#   check: COS-CMK-004
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.keyVaultKeyUri
#       type: string
#       absent: "none: the account is encrypted with a key that Microsoft manages"
#     - path: resource.properties.defaultIdentity
#       type: string
#       absent: "FirstPartyIdentity: what Azure takes when no identity is named"
#   controls:
#     RTS-7-2: access to the key is given to this account and to no other
#     RTS-21-a: the right to use the key follows the need of one account
#     DORA-9-4-c: access of the account to its key can be withdrawn without touching others
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --default-identity UserAssignedIdentity=IDENTITY_ID
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         default_identity_type = join("=", ["UserAssignedIdentity", azurerm_user_assigned_identity.example.id])
#         identity {
#           type         = "UserAssigned"
#           identity_ids = [azurerm_user_assigned_identity.example.id]
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           defaultIdentity: 'UserAssignedIdentity=${identity.id}'
#         }
#       }
#     note: Give the identity the role Key Vault Crypto Service Encryption User on the key first.
package azure.cosmos.key_reached_by_own_identity

default _key := ""

_key := input.resource.properties.keyVaultKeyUri

default _identity := "FirstPartyIdentity"

_identity := input.resource.properties.defaultIdentity

_kind := lower(split(_identity, "=")[0])

not_applicable contains "the account uses no customer-managed key" if _key == ""

deny contains finding if {
	_kind == "firstpartyidentity"
	finding := {
		"message": "the key is fetched as the application that all accounts share",
		"path": "resource.properties.defaultIdentity",
		"actual": _identity,
		"expected": "UserAssignedIdentity or SystemAssignedIdentity",
	}
}

unknown contains sprintf("defaultIdentity is %q, which this policy does not know", [_identity]) if {
	not _kind in {"firstpartyidentity", "systemassignedidentity", "userassignedidentity"}
}
