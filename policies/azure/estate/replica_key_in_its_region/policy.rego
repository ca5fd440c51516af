# METADATA
# title: The key of a database replica lies in the region of the replica
# description: |
#   A replica that is encrypted with a key of the firm stops when the key is out of reach. If the vault lies in the region of the
#   source, its loss takes the source and the key of the replica at once, and nothing is left to promote. A Managed HSM counts in every
#   region in which it is ready. For PostgreSQL and MySQL flexible servers.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-data-encryption
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key
# custom:
#   check: PG-GEO-007
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: related.key_vault.location, type: string}
#     - path: related.key_vault.properties.regions
#       type: array
#       absent: "one region: a vault, or a Managed HSM that was not extended, lies in its location only"
#     - {path: resource.location, type: string}
#     - {path: resource.properties.replicationRole, type: string}
#   controls:
#     DORA-12-4: the spare server does not share the fate of the region through its key
#     RTS-26-2: the plan for the loss of a region ends on a server that can open its data
#     RTS-7-2: the loss of one region cannot make the keys of both servers unavailable
#     GDPR-32-1-c: encrypted personal data on the replica stays readable when the other region is lost
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name REPLICA --key https://VAULT.vault.azure.net/keys/KEY --identity IDENTITY_ID
#       az mysql flexible-server update --resource-group RESOURCE_GROUP --name REPLICA --key https://VAULT.vault.azure.net/keys/KEY --identity IDENTITY_ID
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "replica" {
#         # ...
#         customer_managed_key {
#           key_vault_key_id                  = azurerm_key_vault_key.secondary.versionless_id
#           primary_user_assigned_identity_id = azurerm_user_assigned_identity.secondary.id
#         }
#       }
#     bicep: |
#       resource replica 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           dataEncryption: {
#             type: 'AzureKeyVault'
#             primaryKeyURI: secondaryKey.properties.keyUri
#             primaryUserAssignedIdentityId: secondaryIdentity.id
#           }
#         }
#       }
#     note: |
#       Create the key and the identity in the region of the replica before the replica.
package azure.estate.replica_key_in_its_region

import data.lib.arm
import data.lib.replicas

_role := input.resource.properties.replicationRole

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_vault := input.related.key_vault.location

_near if arm.region(_vault) == arm.region(input.resource.location)

# A Managed HSM that was extended to the region of the replica.
_near if {
	some region in input.related.key_vault.properties.regions
	arm.region(region.name) == arm.region(input.resource.location)
	arm.same(region.provisioningState, "Succeeded")
}

# Code says to which regions a Managed HSM is extended, and only Azure whether it is ready there.
_extended if {
	some region in input.related.key_vault.properties.regions
	arm.region(region.name) == arm.region(input.resource.location)
	object.get(region, "provisioningState", "") == ""
}

not_applicable contains "the server is no replica" if replicas.standalone(_role)

not_applicable contains "the replica is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	not _near
	not _extended
	finding := {
		"message": sprintf("the replica is in %s, its key in %s: the loss of that region locks the replica as well", [input.resource.location, _vault]),
		"path": "related.key_vault.location",
		"actual": _vault,
		"expected": input.resource.location,
	}
}

unknown contains sprintf("whether the Managed HSM is ready in %s is not known", [input.resource.location]) if {
	_extended
	not _near
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains sprintf("the replication role %q is not known", [_role]) if not replicas.known(_role)
