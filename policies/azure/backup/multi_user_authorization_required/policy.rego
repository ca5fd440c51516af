# METADATA
# title: Critical operations on the backup vault need a second person
# description: |
#   Without a resource guard, one backup administrator can switch off soft delete, loosen immutability or stop a protection alone. With it,
#   these operations need a right on the guard, which somebody else grants. The property is known of running vaults only, and does not say
#   who owns the guard: keep it in another subscription with other owners.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
# custom:
#   check: RST-MUA-001
#   severity: high
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - {path: resource.properties.isVaultProtectedByResourceGuard, type: boolean}
#   controls:
#     DORA-12-2: restore and backup cannot be sabotaged by one person alone
#     DORA-9-3-d: a destructive operation on backups needs a second pair of eyes
#     RTS-17-1-b: the approver of the operation cannot be the person who wants to do it, if the guard has other owners
#     GDPR-32-1-c: the copies from which personal data is restored survive one rogue account
#     RTS-21-b: splits the right to run backups from the right to weaken them
#   remediation:
#     az: |
#       az dataprotection backup-vault resource-guard-mapping create --resource-group RESOURCE_GROUP --vault-name VAULT \
#         --name DppResourceGuardProxy --resource-guard-id RESOURCE_GUARD_ID
#     portal: Backup vault > Properties > Multi-User Authorization > Protect with Resource Guard
package azure.backup.multi_user_authorization_required

_guarded := input.resource.properties.isVaultProtectedByResourceGuard

deny contains finding if {
	_guarded == false
	finding := {
		"message": "no resource guard protects the vault",
		"path": "resource.properties.isVaultProtectedByResourceGuard",
		"actual": _guarded,
		"expected": true,
	}
}
