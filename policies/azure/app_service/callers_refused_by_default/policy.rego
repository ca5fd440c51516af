# METADATA
# title: The app refuses callers that no rule names
# description: |
#   Rules that let in some networks are without effect while the default lets in the rest. Apps for the public are open on purpose, behind a
#   front door: put an exemption on them, or name the front door in a rule. An app whose public address is closed is not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions
# custom:
#   check: APP-NET-005
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.siteConfig.ipSecurityRestrictionsDefaultAction
#       type: string
#       absent: "Allow: without a default of its own everybody is let in"
#     - {path: resource.properties.publicNetworkAccess, type: string}
#   controls:
#     DORA-9-4-b: the app is cut off from networks that nobody approved
#     RTS-13-1-d: connections to the app come from networks that the firm approved
#     RTS-21-d: who is not meant to reach the app is blocked
#     GDPR-25-2: personal data in the app is not exposed to an indefinite number of people by default
#   fix: {path: resource.properties.siteConfig.ipSecurityRestrictionsDefaultAction, value: Deny}
#   remediation:
#     az: az webapp config access-restriction set --resource-group RESOURCE_GROUP --name APP --default-action Deny
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           ip_restriction_default_action = "Deny"
#         }
#       }
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           siteConfig: { ipSecurityRestrictionsDefaultAction: 'Deny' }
#         }
#       }
#     portal: App > Settings > Networking > Public network access
package azure.app_service.callers_refused_by_default

import data.lib.arm

default _default_action := "Allow"

_default_action := input.resource.properties.siteConfig.ipSecurityRestrictionsDefaultAction

_public_network_access := input.resource.properties.publicNetworkAccess

not_applicable contains "the public address is closed" if arm.same(_public_network_access, "Disabled")

deny contains finding if {
	arm.same(_default_action, "Allow")
	finding := {
		"message": "the app answers whoever no rule names",
		"path": "resource.properties.siteConfig.ipSecurityRestrictionsDefaultAction",
		"actual": _default_action,
		"expected": "Deny",
	}
}

unknown contains sprintf("ipSecurityRestrictionsDefaultAction is %q, which this policy does not know", [_default_action]) if {
	not arm.one_of(_default_action, ["Deny", "Allow"])
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Enabled", "Disabled"])
}
