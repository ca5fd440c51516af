# METADATA
# title: The Service Bus namespace has a partner in another region
# description: |
#   When its region fails, a namespace without a partner takes every sender and receiver down with it. A pairing keeps the entities and the
#   name in a second namespace; it does not copy messages, which stay behind until the region is back. A pairing that no longer replicates
#   counts as none. Newer ways of geo-replication, which copy data, are not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-geo-dr
# custom:
#   check: SB-GEO-001
#   severity: low
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - {path: "children.disasterRecoveryConfigs.*.properties.role", type: string}
#   controls:
#     DORA-11-2-a: functions that send and receive have a place to go on when the region fails
#     DORA-11-5: the namespace is not a single point of failure of its region
#     RTS-26-2: the failure of a region is provided for
#     RTS-26-1-c: the name and the entities are ready at the other side, so that recovery does not begin with rebuilding them
#   remediation:
#     az: az servicebus georecovery-alias set --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --alias ALIAS --partner-namespace PARTNER_ID
#     terraform: |
#       resource "azurerm_servicebus_namespace_disaster_recovery_config" "example" {
#         name = "evt-payments"
#         primary_namespace_id = azurerm_servicebus_namespace.example.id
#         partner_namespace_id = azurerm_servicebus_namespace.partner.id
#       }
#     bicep: |
#       resource pairing 'Microsoft.ServiceBus/namespaces/disasterRecoveryConfigs@2024-01-01' = {
#         parent: namespace
#         name: 'evt-payments'
#         properties: { partnerNamespace: partner.id }
#       }
#     portal: Service Bus namespace > Settings > Geo-recovery
package azure.service_bus.geo_recovery_paired

import data.lib.arm

_roles := {pairing.properties.role | some pairing in input.children.disasterRecoveryConfigs}

_paired if {
	some role in _roles
	arm.one_of(role, ["Primary", "Secondary"])
}

_other contains role if {
	some role in _roles
	not arm.same(role, "PrimaryNotReplicating")
}

deny contains finding if {
	count(_other) == 0
	finding := {
		"message": "no pairing with a namespace of another region is in force",
		"path": "children.disasterRecoveryConfigs.*.properties.role",
		"actual": sort(_roles),
		"expected": "Primary or Secondary",
	}
}

unknown contains sprintf("the role %q is not known", [role]) if {
	not _paired
	some role in _other
}
