# METADATA
# title: The Service Bus namespace refuses shared access keys
# description: |
#   A shared access key names nobody, knows no second factor and stays valid until it is rotated; the root key of the namespace may send,
#   read and manage everything. With local authentication off, only Microsoft Entra identities get in. A namespace that never set the
#   property accepts the keys.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/disable-local-authentication
# custom:
#   check: SB-AUTH-001
#   severity: high
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - path: resource.properties.disableLocalAuth
#       type: boolean
#       absent: "false: a namespace accepts shared access keys until it is told not to"
#   controls:
#     DORA-9-4-c: closes a way into the namespace that the central administration of rights does not see, a shared access key
#     DORA-9-4-d: a shared access key is not strong authentication, and with this setting it no longer opens the namespace
#     RTS-20-1: every caller of the namespace is an identity that the directory knows and authenticates
#     RTS-21-c: ends access by a shared access key that several people or programs share, so that actions can be traced to one
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked key no longer exposes personal data in messages
#   fix: {path: resource.properties.disableLocalAuth, value: true}
#   remediation:
#     az: az servicebus namespace update --resource-group RESOURCE_GROUP --name NAMESPACE --disable-local-auth true
#     terraform: |
#       resource "azurerm_servicebus_namespace" "example" {
#         # ...
#         local_auth_enabled = false
#       }
#     bicep: |
#       resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
#         // ...
#         properties: {
#           disableLocalAuth: true
#         }
#       }
#     portal: Namespace > Overview > Local Authentication > Disabled
#     note: |
#       Give every client an Entra identity with a data role first; connection strings with keys stop working at once.
package azure.service_bus.local_authentication_disabled

default _disabled := false

_disabled := input.resource.properties.disableLocalAuth

deny contains finding if {
	not _disabled
	finding := {
		"message": "the namespace can be opened with shared access keys",
		"path": "resource.properties.disableLocalAuth",
		"actual": _disabled,
		"expected": true,
	}
}
