# METADATA
# title: PostgreSQL can use the key of its geo-redundant backups
# description: |
#   The key in the paired region is needed on the worst day only, so nobody notices when it is disabled, expires or loses its identity's role
#   before then. With an invalid key the restore in the paired region fails. The status is a live fact: templates never show it, so a scan of
#   code gives unknown. A server without such a key is judged by geo_backup_key_set.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-data-encryption
# custom:
#   check: PG-CMK-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: backups are copied to the paired region only when the server was created so"
#     - path: resource.properties.dataEncryption.geoBackupKeyURI
#       type: string
#       absent: "none: no key is set for the copies of the backups in the paired region"
#     - {path: resource.properties.dataEncryption.geoBackupEncryptionKeyStatus, type: string}
#   controls:
#     DORA-9-4-d: shows that the key which protects the copied backups is not only set but in working order
#     DORA-12-3: a restore in the paired region depends on this key; an invalid one stops it
#     RTS-6-2-a: the server's own report that the copies of the backups are encrypted under a working key
#     RTS-6-2-d: an invalid second key shows a key whose life nobody follows between the disasters it is kept for
#     RTS-7-2: loss of the second key is found while the first can still mend it
#     GDPR-32-1-a: encrypted personal data in the copies stays readable for those who must restore it
#   remediation:
#     az: |
#       az keyvault key set-attributes --id https://GEO_VAULT.vault.azure.net/keys/GEO_KEY --enabled true
#       az role assignment create --role "Key Vault Crypto Service Encryption User" --scope GEO_VAULT_ID \
#         --assignee-object-id GEO_IDENTITY_PRINCIPAL_ID --assignee-principal-type ServicePrincipal
#     portal: Key vault in the paired region > Keys > the key > Enabled, expiration date; Access control (IAM) > the second identity
#     note: See also that vault's firewall (trusted Microsoft services) and its deleted keys (az keyvault key recover).
package azure.postgresql.geo_backup_key_valid

import data.lib.arm

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

default _geo_redundant := "Disabled"

_geo_redundant := input.resource.properties.backup.geoRedundantBackup

default _geo_key := ""

_geo_key := input.resource.properties.dataEncryption.geoBackupKeyURI

_status := input.resource.properties.dataEncryption.geoBackupEncryptionKeyStatus

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

not_applicable contains "backups are not copied to the paired region" if arm.same(_geo_redundant, "Disabled")

not_applicable contains "no key is set for geo-redundant backups" if _geo_key == ""

deny contains finding if {
	arm.same(_status, "Invalid")
	finding := {
		"message": sprintf("the server reports the key of its geo-redundant backups as %q", [_status]),
		"path": "resource.properties.dataEncryption.geoBackupEncryptionKeyStatus",
		"actual": _status,
		"expected": "Valid",
	}
}

unknown contains sprintf("geoBackupEncryptionKeyStatus is %q, which this policy does not know", [_status]) if {
	not arm.one_of(_status, ["Valid", "Invalid"])
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains sprintf("geoRedundantBackup is %q, which this policy does not know", [_geo_redundant]) if {
	not arm.one_of(_geo_redundant, ["Enabled", "Disabled"])
}
