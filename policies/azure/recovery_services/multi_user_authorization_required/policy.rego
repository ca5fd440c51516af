# METADATA
# title: Critical operations on the Recovery Services vault need a second person
# description: |
#   Without a resource guard, one backup administrator can switch off soft delete, loosen immutability or stop a protection alone. With it,
#   these operations need a right on the guard, which somebody else grants. The property is known of running vaults only, and does not say
#   who owns the guard: keep it in another subscription with other owners.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
# custom:
#   check: RST-MUA-001
#   severity: high
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - {path: resource.properties.securitySettings.multiUserAuthorization, type: string}
#   controls:
#     DORA-12-2: restore and backup cannot be sabotaged by one person alone
#     DORA-9-3-d: a destructive operation on backups needs a second pair of eyes
#     RTS-17-1-b: the approver of the operation cannot be the person who wants to do it, if the guard has other owners
#     GDPR-32-1-c: the copies from which personal data is restored survive one rogue account
#     RTS-21-b: splits the right to run backups from the right to weaken them
#   remediation:
#     az: az backup vault resource-guard-mapping update --resource-group RESOURCE_GROUP --name VAULT --resource-guard-id RESOURCE_GUARD_ID
#     terraform: |
#       resource "azurerm_recovery_services_vault_resource_guard_association" "example" {
#         vault_id          = azurerm_recovery_services_vault.example.id
#         resource_guard_id = azurerm_data_protection_resource_guard.example.id
#       }
#     portal: Recovery Services vault > Properties > Multi-User Authorization > Protect with Resource Guard
package azure.recovery_services.multi_user_authorization_required

import data.lib.arm

_multi_user_authorization := input.resource.properties.securitySettings.multiUserAuthorization

deny contains finding if {
	arm.same(_multi_user_authorization, "Disabled")
	finding := {
		"message": sprintf("multi-user authorization is %s", [_multi_user_authorization]),
		"path": "resource.properties.securitySettings.multiUserAuthorization",
		"actual": _multi_user_authorization,
		"expected": "Enabled",
	}
}

unknown contains sprintf("multiUserAuthorization is %q, which this policy does not know", [_multi_user_authorization]) if {
	not arm.one_of(_multi_user_authorization, ["Enabled", "Disabled"])
}
