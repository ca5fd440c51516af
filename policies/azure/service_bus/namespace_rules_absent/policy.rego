# METADATA
# title: No key opens the whole Service Bus namespace besides the root key
# description: |
#   A rule of the namespace gives a key for everything in it, and with the right Manage a key that may also change it. A caller needs one
#   queue or topic. The root rule is always there and is not counted: whether somebody uses its key is not seen here, so turn local authentication
#   off where you can. A namespace that refuses shared access keys passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas
# custom:
#   check: SB-AUTH-001
#   severity: medium
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - {path: children.authorizationRules.*.properties.rights, type: array}
#     - path: resource.properties.disableLocalAuth
#       type: boolean
#       absent: "false: a namespace accepts shared access keys until it is told not to"
#   parameters:
#     messaging_namespace_rules_allowed: {type: list, default: [], pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$", meaning: names of rules of a messaging namespace that the firm accepts besides the root rule}
#   controls:
#     DORA-9-4-c: shows keys that reach further than one queue or topic, which is more than a caller's task needs
#     RTS-21-a: compares the reach of each rule of the namespace with the need to use of a single caller
#     GDPR-32-1-b: a leaked key of one queue or topic exposes less personal data than a key of the namespace
#   remediation:
#     az: |
#       az servicebus queue authorization-rule create --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --queue-name QUEUE --name send --rights Send
#       az servicebus namespace authorization-rule delete --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --name RULE
#     terraform: |
#       resource "azurerm_servicebus_queue_authorization_rule" "send" {
#         name     = "send"
#         queue_id = azurerm_servicebus_queue.example.id
#         send     = true
#       }
#     portal: Namespace > Settings > Shared access policies > the rule > Delete
#     note: Move the callers of the rule first.
package azure.service_bus.namespace_rules_absent

import data.lib.arm

default _disabled := false

_disabled := input.resource.properties.disableLocalAuth

deny contains finding if {
	_disabled == false
	some rule in input.children.authorizationRules
	not arm.same(rule.name, "RootManageSharedAccessKey")
	not arm.one_of(rule.name, data.parameters.messaging_namespace_rules_allowed)
	finding := {
		"message": sprintf("the key of the rule %s opens the whole namespace", [rule.name]),
		"path": "children.authorizationRules.*.properties.rights",
		"actual": sort(rule.properties.rights),
		"expected": "a rule of one queue or topic",
	}
}
