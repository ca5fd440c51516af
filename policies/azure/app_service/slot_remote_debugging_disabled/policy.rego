# METADATA
# title: Nobody can attach a debugger to the slot
# description: |
#   Remote debugging opens more ports on the slot, and whoever attaches can stop it, read its memory and change what it does. It is meant
#   for minutes, not for running. Lists of Azure leave siteConfig out; without it there is no verdict.
#   A slot has settings of its own: those of the app do not reach it, and after a swap it may serve production.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-common
# custom:
#   check: APP-NET-003
#   severity: medium
#   resource: Microsoft.Web/sites/slots
#   reads:
#     - {path: resource.properties.siteConfig.remoteDebuggingEnabled, type: boolean}
#   controls:
#     RTS-21-d: closes a way into the memory of the slot that passes by its own access control
#     RTS-13-1-k: takes the ports of the debugger away from the slot, as a hardened baseline asks
#     RTS-8-2-b-v: keeps a tool of development out of production
#     GDPR-32-1-b: personal data in the memory of the process cannot be read through a debugger
#   fix: {path: resource.properties.siteConfig.remoteDebuggingEnabled, value: false}
#   remediation:
#     az: az webapp config set --resource-group RESOURCE_GROUP --name APP --slot SLOT --remote-debugging-enabled false
#     terraform: |
#       resource "azurerm_linux_web_app_slot" "example" {
#         # ...
#         site_config {
#           remote_debugging_enabled = false
#         }
#       }
#     bicep: "properties: { siteConfig: { remoteDebuggingEnabled: false } }"
package azure.app_service.slot_remote_debugging_disabled

_remote_debugging_enabled := input.resource.properties.siteConfig.remoteDebuggingEnabled

deny contains finding if {
	_remote_debugging_enabled == true
	finding := {
		"message": "remote debugging is on",
		"path": "resource.properties.siteConfig.remoteDebuggingEnabled",
		"actual": _remote_debugging_enabled,
		"expected": false,
	}
}
