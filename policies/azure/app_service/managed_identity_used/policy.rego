# METADATA
# title: The app has a managed identity
# description: |
#   Without an identity of its own an app needs passwords, keys or connection strings to reach databases, vaults and queues, and they end
#   up in its settings. The identity is only the condition: whether the code uses it does not show here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/overview-managed-identity
# custom:
#   check: APP-AUTH-001
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: Azure leaves the identity out when there is none"
#   controls:
#     RTS-20-1: gives the app an identity of its own in the directory, with which it signs in to databases and vaults
#     RTS-21-c: calls of the app to databases and vaults can be traced to it instead of to a shared secret
#     DORA-9-4-d: the app can authenticate without a secret in its settings that somebody could copy
#   remediation:
#     az: az webapp identity assign --resource-group RESOURCE_GROUP --name APP
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: "identity: { type: 'SystemAssigned' }"
#     portal: App > Settings > Identity > System assigned > On
package azure.app_service.managed_identity_used

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the app has no managed identity",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": "SystemAssigned",
	}
}

unknown contains sprintf("identity.type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(replace(_identity, " ", ""), ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"])
}
