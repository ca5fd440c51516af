# METADATA
# title: The namespace is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of Event Hubs
#   and Service Bus: private without a way in from the internet, restricted to named addresses and networks, or public. It is compared with
#   the most that the firm admits, which it can set by class of data. With and without a private endpoint count alike. Services that Azure
#   trusts may get through whatever the rules say. What a network security perimeter admits is not read: the exposure is unknown then.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/event-hubs/network-security
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource:
#     - Microsoft.EventHub/namespaces
#     - Microsoft.ServiceBus/namespaces
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default"
#     - path: children.networkRuleSets.default.properties.defaultAction
#       type: string
#       absent: "Allow: a namespace without a rule set lets in every network"
#     - path: children.networkRuleSets.default.properties.ipRules
#       type: array
#       absent: "no rule for addresses"
#     - path: children.networkRuleSets.default.properties.virtualNetworkRules
#       type: array
#       absent: "no rule for subnets"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the message streams are or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where a namespace can be reached
#   remediation:
#     az: |
#       az eventhubs namespace update --resource-group RESOURCE_GROUP --name NAMESPACE --public-network-access Disabled
#       az servicebus namespace update --resource-group RESOURCE_GROUP --name NAMESPACE --public-network-access Disabled
#     terraform: |
#       resource "azurerm_eventhub_namespace" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     portal: Namespace > Settings > Networking > Public network access > Disabled
#     note: |
#       Create the private endpoint and its DNS record first; clients on other paths are cut off at once.
package azure.estate.namespace_exposure_not_above_declared

import data.lib.arm
import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _action := "Allow"

_action := input.children.networkRuleSets.default.properties.defaultAction

default _addresses := []

_addresses := input.children.networkRuleSets.default.properties.ipRules

default _subnets := []

_subnets := input.children.networkRuleSets.default.properties.virtualNetworkRules

_ruled if count(_addresses) + count(_subnets) > 0

_found := exposure.by_default_action(_access, _action) if _ruled

# Without rules a namespace lets in every network, whatever its default action is.
_found := exposure.by_default_action(_access, "Allow") if {
	not _ruled
	arm.one_of(_action, ["Allow", "Deny"])
}

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
	"public": "children.networkRuleSets.default.properties.defaultAction",
}

deny contains finding if {
	exposure.above(_found.level, data.parameters.exposure_max)
	finding := {
		"message": sprintf("its exposure is %s: %s", [_found.level, _found.why]),
		"path": _paths[_found.level],
		"actual": _found.level,
		"expected": sprintf("at most %s", [data.parameters.exposure_max]),
	}
}

unknown contains "its exposure does not follow from its network settings" if not _known
