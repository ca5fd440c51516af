# METADATA
# title: The Service Bus namespace survives the loss of a zone
# description: |
#   A namespace in one zone stops when that zone fails, and messages in it are out of reach or lost. Azure makes namespaces zone-redundant
#   by itself in regions that have zones; older ones may not be. It cannot be changed on an existing namespace. Code that does not say it
#   gives no verdict: the region decides.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-service-bus
# custom:
#   check: SB-ZR-001
#   severity: medium
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - {path: resource.properties.zoneRedundant, type: boolean}
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: copies of the namespace in other zones are the spare capacity that takes over when a zone is lost
#     DORA-11-5: shows whether a namespace for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the namespace available through the failure of one data centre
#     RTS-26-1-c: lets the recovery plan count on the namespace without a restore when a zone is lost
#     GDPR-32-1-b: adds resilience to the processing of the personal data in the namespace
#   remediation:
#     az: az servicebus namespace create --resource-group RESOURCE_GROUP --name NEW_NAMESPACE --location REGION_WITH_ZONES --sku Premium
#     bicep: |
#       resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
#         // ...
#         properties: {
#           zoneRedundant: true
#         }
#       }
#     note: |
#       The azurerm provider has had no argument for it since version 4: in a region with zones a new namespace has them. Move the
#       clients, drain the old namespace, then delete it.
package azure.service_bus.zone_redundant

not_applicable contains "zone redundancy is not required of this namespace" if data.parameters.zone_redundancy_required == false

deny contains finding if {
	input.resource.properties.zoneRedundant == false
	finding := {
		"message": "the namespace stands in one zone",
		"path": "resource.properties.zoneRedundant",
		"actual": false,
		"expected": true,
	}
}
