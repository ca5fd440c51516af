# METADATA
# title: The key that encrypts a SQL server lies in the region of the server
# description: |
#   A resource whose key lies in another region stops when either region does: without the key its data cannot be read. The loss is noticed when
#   it happens, for nothing in the resource shows the second region. A Managed HSM counts in every region in which it is provisioned. Copies
#   in the paired region are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview
# custom:
#   check: KV-GEO-001
#   severity: medium
#   resource: [Microsoft.Sql/servers/encryptionProtector, Microsoft.Sql/managedInstances/encryptionProtector]
#   reads:
#     - {path: related.parent.location, type: string}
#     - {path: related.key_vault.location, type: string}
#     - path: related.key_vault.properties.regions
#       type: array
#       absent: "one region: a vault, or a Managed HSM that was not extended, lies in its location only"
#   controls:
#     RTS-7-2: the failure of another region does not take the key from the data
#     DORA-10-1: names a dependency on a second region that the resource does not show
#     DORA-9-3-c: keeps the data available while its own region runs
#     GDPR-32-1-b: personal data stays available when a region without that data fails
#   remediation:
#     az: |
#       az keyvault create --resource-group RESOURCE_GROUP --name VAULT --location REGION_OF_THE_RESOURCE --sku premium --enable-purge-protection true
#       az keyvault key create --vault-name VAULT --name KEY --kty RSA-HSM --size 3072
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         location = azurerm_resource_group.example.location # the region of the resource
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
#         name: vaultName
#         location: location // the region of the resource
#         // ...
#       }
#     note: A vault cannot be moved to another region. Point the resource at a key in the new vault, and keep the old key until no backup needs it.
package azure.estate.protector_key_vault_in_same_region

import data.lib.arm

_place := arm.region(input.related.parent.location)

_location := arm.region(input.related.key_vault.location)

_store if input.related.key_vault.id

# A Managed HSM was extended to the region, ready for use or not.
_extended if {
	some region in input.related.key_vault.properties.regions
	arm.region(region.name) == _place
}

_ready if {
	some region in input.related.key_vault.properties.regions
	arm.region(region.name) == _place
	arm.same(region.provisioningState, "Succeeded")
}

not_applicable contains "no key of the firm's own is used" if not _store

deny contains finding if {
	_location != _place
	not _extended
	finding := {
		"message": sprintf("the key lies in %s, the data in %s", [_location, _place]),
		"path": "related.key_vault.location",
		"actual": _location,
		"expected": _place,
	}
}

unknown contains sprintf("the Managed HSM is not ready in %s", [_place]) if {
	_location != _place
	_extended
	not _ready
}
