# METADATA
# title: The Event Hubs namespace has no public endpoint in use
# description: |
#   While public access is on, the namespace has an address on the internet, and network rules, if any, are the only barrier before the
#   credential. With it off, private endpoints are the only way in. Firms that work with network rules instead waive this policy and keep
#   network_access_restricted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/event-hubs/private-link-service
# custom:
#   check: EH-NET-001
#   severity: high
#   resource: Microsoft.EventHub/namespaces
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure takes that for a property that was never set"
#   controls:
#     DORA-9-4-b: leaves private endpoints as the only way to the namespace, so that the namespace can be isolated by changing a short list
#     DORA-9-3-c: keeps networks that have no business with the namespace from trying stolen credentials or flaws on it
#     RTS-13-1-g: decides whether traffic from the internet reaches the namespace at all
#     RTS-13-1-d: connections to the namespace from networks that nobody approved are refused before any credential is looked at
#     RTS-11-2-i: data cannot leave the namespace towards an arbitrary network, even with a valid credential
#     GDPR-32-1-b: adds a network barrier to the credentials that protect personal data in the namespace
#     GDPR-25-2: by default the namespace is reachable for those who need it and not for the whole internet
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az eventhubs namespace update --resource-group RESOURCE_GROUP --name NAMESPACE --public-network-access Disabled
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
package azure.event_hubs.public_network_access_disabled

import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public, "Enabled")
	finding := {
		"message": "the namespace answers requests from the internet",
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public,
		"expected": "Disabled",
	}
}

unknown contains "the rules of a network security perimeter decide who gets in, and this policy does not read them" if arm.same(_public, "SecuredByPerimeter")

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Disabled", "Enabled", "SecuredByPerimeter"])
}
