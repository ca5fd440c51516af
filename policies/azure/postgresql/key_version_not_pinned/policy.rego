# METADATA
# title: PostgreSQL follows the rotation of its key
# description: |
#   A key URI with a version ties the server to that version: after a rotation the server keeps the old one until somebody changes the URI, and
#   goes down when the old version is disabled or expires. With a URI without version the server takes up the new version by itself.
#   It does not show that the key is rotated at all.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-data-encryption#cmk-key-version-updates
# custom:
#   check: PG-CMK-003
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: resource.properties.dataEncryption.primaryKeyURI, type: string}
#   controls:
#     DORA-9-4-d: a rotated key protects the data only once the server uses it, which a URI without version makes automatic
#     RTS-7-1: links renewal, one stage of the key's life, to the server without a manual step in between
#     RTS-7-3: a compromised or damaged key is replaced on the server by creating a new version in the vault
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --key https://VAULT.vault.azure.net/keys/KEY --identity IDENTITY
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id                  = azurerm_key_vault_key.example.versionless_id
#           primary_user_assigned_identity_id = azurerm_user_assigned_identity.example.id
#         }
#       }
#     bicep: |
#       dataEncryption: {
#         type: 'AzureKeyVault'
#         primaryKeyURI: 'https://${vault.name}${environment().suffixes.keyvaultDns}/keys/${key.name}'
#         primaryUserAssignedIdentityId: identity.id
#       }
#     portal: Server > Security > Data encryption > Use automatic key version update
#     note: Keep an old version of the key enabled for two hours or more after a rotation, until the server has changed over.
package azure.postgresql.key_version_not_pinned

import data.lib.arm
import data.lib.keys

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_key := input.resource.properties.dataEncryption.primaryKeyURI

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	keys.pinned(_key)
	finding := {
		"message": sprintf("the server is tied to one version of its key: %s", [_key]),
		"path": "resource.properties.dataEncryption.primaryKeyURI",
		"actual": _key,
		"expected": "https://VAULT/keys/NAME, without a version",
	}
}

unknown contains sprintf("primaryKeyURI is %q, which is not the URI of a key", [_key]) if not keys.valid(_key)

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}
