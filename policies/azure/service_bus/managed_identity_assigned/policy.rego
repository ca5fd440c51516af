# METADATA
# title: The Service Bus namespace has a managed identity
# description: |
#   The customer-managed key and geo-replication with it need a credential with which the namespace signs in elsewhere. With a managed
#   identity that is one that nobody has to store or rotate; without one, keys and secrets take its place, or the feature is missing. A
#   namespace that uses none of these needs no identity: waive the finding.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-managed-service-identity
# custom:
#   check: SB-AUTH-002
#   severity: low
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: a namespace has an identity only when one is assigned to it"
#   controls:
#     RTS-20-1: the namespace has an identity of its own when it signs in to a vault or a storage account
#     DORA-9-4-d: replaces stored secrets, by which the namespace would sign in elsewhere, with a credential that Azure renews
#     RTS-6-2-d: only an identity lets the namespace use a key that the firm holds
#   fix: {path: resource.identity.type, value: SystemAssigned}
#   remediation:
#     az: az servicebus namespace identity assign --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --system-assigned
#     terraform: |
#       resource "azurerm_servicebus_namespace" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: |
#       resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
#         // ...
#         identity: {
#           type: 'SystemAssigned'
#         }
#       }
#     portal: Namespace > Settings > Identity
package azure.service_bus.managed_identity_assigned

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the namespace has no managed identity",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": ["SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned"],
	}
}

unknown contains sprintf("identity.type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(_identity, ["SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned", "None"])
}
