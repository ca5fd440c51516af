# METADATA
# title: The deployment site of the app refuses callers that no rule names
# description: |
#   The deployment site (Kudu) gives a console, the files and the settings of the app. It has rules of its own, which are open unless
#   somebody closes them. An app whose public address is closed is not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions
# custom:
#   check: APP-NET-006
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.siteConfig.scmIpSecurityRestrictionsDefaultAction
#       type: string
#       absent: "Allow: without a default of its own everybody is let in"
#     - {path: resource.properties.publicNetworkAccess, type: string}
#   controls:
#     DORA-9-4-b: the deployment site of the app is cut off from networks that nobody approved
#     RTS-13-1-d: connections to the deployment site of the app come from networks that the firm approved
#     RTS-21-d: who is not meant to reach the deployment site of the app is blocked
#     RTS-13-1-c: administration of the app goes over networks that are meant for it
#   fix: {path: resource.properties.siteConfig.scmIpSecurityRestrictionsDefaultAction, value: Deny}
#   remediation:
#     az: az webapp config access-restriction set --resource-group RESOURCE_GROUP --name APP --scm-default-action Deny
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           scm_ip_restriction_default_action = "Deny"
#         }
#       }
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           siteConfig: { scmIpSecurityRestrictionsDefaultAction: 'Deny' }
#         }
#       }
#     portal: App > Settings > Networking > Public network access
package azure.app_service.deployments_refused_by_default

import data.lib.arm

default _default_action := "Allow"

_default_action := input.resource.properties.siteConfig.scmIpSecurityRestrictionsDefaultAction

_public_network_access := input.resource.properties.publicNetworkAccess

not_applicable contains "the public address is closed" if arm.same(_public_network_access, "Disabled")

deny contains finding if {
	arm.same(_default_action, "Allow")
	finding := {
		"message": "the deployment site of the app answers whoever no rule names",
		"path": "resource.properties.siteConfig.scmIpSecurityRestrictionsDefaultAction",
		"actual": _default_action,
		"expected": "Deny",
	}
}

unknown contains sprintf("scmIpSecurityRestrictionsDefaultAction is %q, which this policy does not know", [_default_action]) if {
	not arm.one_of(_default_action, ["Deny", "Allow"])
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Enabled", "Disabled"])
}
