# METADATA
# title: The Event Hubs namespace is of a tier that the firm allows
# description: |
#   The tier Basic knows no private endpoint, no firewall, no geo-recovery and keeps events for a day. Premium gives capacity of one's own.
#   Which tiers are allowed is the parameter event_hubs_tiers_allowed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/event-hubs/event-hubs-quotas
# custom:
#   check: EH-HAO-001
#   severity: medium
#   resource: Microsoft.EventHub/namespaces
#   reads:
#     - {path: resource.sku.name, type: string}
#   parameters:
#     event_hubs_tiers_allowed: {type: list, default: [Standard, Premium], allowed: [Basic, Standard, Premium], meaning: tiers that an Event Hubs namespace may have}
#   controls:
#     DORA-7-b: the namespace is of a tier that can meet what the firm asks of it
#     DORA-7-c: the tier has room for the volumes that the firm expects
#     RTS-13-1-a: the tier is one in which the namespace can be kept in a network of the firm
#     RTS-11-2-k: the tier offers the settings that the other requirements rely on
#   remediation:
#     az: az eventhubs namespace create --resource-group RESOURCE_GROUP --name NEW_NAMESPACE --sku Premium
#     terraform: |
#       resource "azurerm_eventhub_namespace" "example" {
#         # ...
#         sku = "Premium"
#       }
#     bicep: |
#       resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
#         // ...
#         sku: { name: 'Premium', tier: 'Premium', capacity: 1 }
#       }
#     note: A namespace does not change to or from Premium. Make a new one and move the clients.
package azure.event_hubs.tier_sufficient

import data.lib.arm

_tier := input.resource.sku.name

deny contains finding if {
	arm.one_of(_tier, ["Basic", "Standard", "Premium"])
	not arm.one_of(_tier, data.parameters.event_hubs_tiers_allowed)
	finding := {
		"message": sprintf("the namespace is of the tier %s", [_tier]),
		"path": "resource.sku.name",
		"actual": _tier,
		"expected": data.parameters.event_hubs_tiers_allowed,
	}
}

unknown contains sprintf("the tier %q is not known", [_tier]) if not arm.one_of(_tier, ["Basic", "Standard", "Premium"])
