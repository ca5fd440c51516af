# METADATA
# title: MySQL follows the rotation of its key
# description: |
#   A key URI with a version ties the server to that version. After a rotation the server goes on using the old one, and when that is
#   disabled or expires the database stops. A URI without a version leaves the choice to the service. Where Azure refuses a URI without a
#   version, or puts one in by itself, a job must set each new version on the server, and the finding needs a waiver that names the job.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
#   - ref: https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation
# custom:
#   check: MY-CMK-001
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: resource.properties.dataEncryption.primaryKeyURI, type: string}
#   controls:
#     DORA-9-4-d: a rotated key protects the data only if the server takes up the new version
#     RTS-6-2-d: rotation in the vault reaches the server as part of the life of the key, without a change to the server
#     RTS-7-2: old versions can be retired, because the server does not hold on to one of them
#   remediation:
#     az: |
#       az mysql flexible-server update --resource-group RG --name SERVER --identity IDENTITY --key https://VAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         identity {
#           type         = "UserAssigned"
#           identity_ids = [azurerm_user_assigned_identity.example.id]
#         }
#         customer_managed_key {
#           key_vault_key_id                  = azurerm_key_vault_key.example.versionless_id
#           primary_user_assigned_identity_id = azurerm_user_assigned_identity.example.id
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
#         properties: {
#           dataEncryption: { type: 'AzureKeyVault', primaryKeyURI: key.properties.keyUri, primaryUserAssignedIdentityId: identity.id }
#         }
#       }
package azure.mysql.key_version_not_pinned

import data.lib.arm
import data.lib.keys

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_uri := input.resource.properties.dataEncryption.primaryKeyURI

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	keys.pinned(_uri)
	finding := {
		"message": sprintf("the server is tied to one version of its key: %s", [_uri]),
		"path": "resource.properties.dataEncryption.primaryKeyURI",
		"actual": _uri,
		"expected": "https://VAULT/keys/NAME, without a version",
	}
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains sprintf("primaryKeyURI is %q, which is not the URI of a key", [_uri]) if not keys.valid(_uri)
