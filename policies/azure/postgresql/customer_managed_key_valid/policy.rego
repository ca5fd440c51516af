# METADATA
# title: PostgreSQL can use its customer-managed key
# description: |
#   A key that the server cannot use any more (disabled, expired, deleted, or no longer open to the server's identity) makes the server
#   inaccessible within the hour, and restores fail with it. The status is a live fact: templates never show it, so a scan of code gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-data-encryption
# custom:
#   check: PG-CMK-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - {path: resource.properties.dataEncryption.primaryEncryptionKeyStatus, type: string}
#   controls:
#     DORA-9-4-d: a key that is protected but cannot be used protects nothing; the status shows that it works
#     RTS-6-2-a: the server's own report that the key by which data at rest is encrypted is in working order
#     RTS-6-2-d: an invalid key shows that its life (expiry, rotation, access) is not managed as the key rules ask
#     RTS-7-2: loss of the key shows here first, before the database goes down with it
#     GDPR-32-1-a: encryption of personal data that has lost its key would turn into loss of the data
#   remediation:
#     az: |
#       az keyvault key set-attributes --id https://VAULT.vault.azure.net/keys/KEY --enabled true
#       az role assignment create --role "Key Vault Crypto Service Encryption User" --scope VAULT_ID \
#         --assignee-object-id IDENTITY_PRINCIPAL_ID --assignee-principal-type ServicePrincipal
#     portal: Key vault > Keys > the key > Enabled, expiration date; Access control (IAM) > the server's identity
#     note: See also the vault's firewall (trusted Microsoft services) and its deleted keys (az keyvault key recover). Azure looks at the key
#       again by itself, within about an hour.
package azure.postgresql.customer_managed_key_valid

import data.lib.arm

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_status := input.resource.properties.dataEncryption.primaryEncryptionKeyStatus

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	arm.same(_status, "Invalid")
	finding := {
		"message": sprintf("the server reports its key as %q", [_status]),
		"path": "resource.properties.dataEncryption.primaryEncryptionKeyStatus",
		"actual": _status,
		"expected": "Valid",
	}
}

unknown contains sprintf("primaryEncryptionKeyStatus is %q, which this policy does not know", [_status]) if {
	not arm.one_of(_status, ["Valid", "Invalid"])
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}
