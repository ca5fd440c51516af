# METADATA
# title: The SQL managed instance has an identity of its own
# description: |
#   Without an identity the instance cannot read groups from Microsoft Entra, nor fetch its key from a vault, nor reach storage without a
#   password or token that somebody has to keep and rotate.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-user-assigned-managed-identity
# custom:
#   check: SQLMI-AUTH-005
#   severity: medium
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: an instance without identity has none"
#   controls:
#     RTS-20-1: the instance proves who it is to other services by an identity that the directory knows
#     DORA-9-4-d: authentication of the instance rests on credentials that the platform keeps and renews
#     RTS-21-c: what the instance does elsewhere is done under its own identity and can be traced to it
#   remediation:
#     az: az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --assign-identity
#     terraform: |
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: |
#       resource instance 'Microsoft.Sql/managedInstances@2023-08-01' = {
#         // ...
#         identity: { type: 'SystemAssigned' }
#       }
#     portal: Managed instance > Security > Identity
package azure.sql_managed_instance.managed_identity_used

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the instance has no identity of its own",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": "an identity",
	}
}

unknown contains sprintf("type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(_identity, ["SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned", "SystemAssigned, UserAssigned", "None"])
}
