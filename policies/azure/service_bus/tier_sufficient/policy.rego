# METADATA
# title: The Service Bus namespace is of a tier that the firm allows
# description: |
#   Basic and Standard share their machines with other customers and know no private endpoint, no firewall, no customer-managed key and no
#   geo-recovery. Premium has capacity of its own. Which tiers are allowed is the parameter service_bus_tiers_allowed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-premium-messaging
# custom:
#   check: SB-HAO-001
#   severity: medium
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - {path: resource.sku.name, type: string}
#   parameters:
#     service_bus_tiers_allowed: {type: list, default: [Premium], allowed: [Basic, Standard, Premium], meaning: tiers that a Service Bus namespace may have}
#   controls:
#     DORA-7-b: the namespace is of a tier that can meet what the firm asks of it
#     DORA-7-c: capacity is not taken away by other customers where the tier has its own
#     RTS-13-1-a: the tier is one in which the namespace can be kept in a network of the firm
#     RTS-11-2-k: the tier offers the settings that the other requirements rely on
#   remediation:
#     az: az servicebus namespace create --resource-group RESOURCE_GROUP --name NEW_NAMESPACE --sku Premium
#     terraform: |
#       resource "azurerm_servicebus_namespace" "example" {
#         # ...
#         sku = "Premium"
#       }
#     bicep: |
#       resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
#         // ...
#         sku: { name: 'Premium', tier: 'Premium', capacity: 1 }
#       }
#     note: A namespace does not change to or from Premium. Make a new one and move the clients.
package azure.service_bus.tier_sufficient

import data.lib.arm

_tier := input.resource.sku.name

deny contains finding if {
	arm.one_of(_tier, ["Basic", "Standard", "Premium"])
	not arm.one_of(_tier, data.parameters.service_bus_tiers_allowed)
	finding := {
		"message": sprintf("the namespace is of the tier %s", [_tier]),
		"path": "resource.sku.name",
		"actual": _tier,
		"expected": data.parameters.service_bus_tiers_allowed,
	}
}

unknown contains sprintf("the tier %q is not known", [_tier]) if not arm.one_of(_tier, ["Basic", "Standard", "Premium"])
