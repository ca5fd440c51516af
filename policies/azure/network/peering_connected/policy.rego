# METADATA
# title: The peering is connected on both sides
# description: |
#   A peering that exists on one side only carries no traffic: it is either half-finished or the other side was deleted. What should be
#   connected is not, and what was left behind becomes a connection as soon as the other side is made again. The state is known of running
#   networks only.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview
# custom:
#   check: NET-PEER-001
#   severity: low
#   resource: Microsoft.Network/virtualNetworks/virtualNetworkPeerings
#   reads:
#     - {path: resource.properties.peeringState, type: string}
#   controls:
#     RTS-13-1-b: documented connections are those that exist
#     DORA-9-4-b: network connections are administered on both sides
#   remediation:
#     az: az network vnet peering create --resource-group REMOTE_RESOURCE_GROUP --vnet-name REMOTE_VNET --name PEERING --remote-vnet VNET_ID --allow-vnet-access
#     portal: Virtual network > Peerings > delete what is left over, or make the missing side
package azure.network.peering_connected

import data.lib.arm

_state := input.resource.properties.peeringState

deny contains finding if {
	arm.one_of(_state, ["Initiated", "Disconnected"])
	finding := {
		"message": sprintf("the state of the peering is %s", [_state]),
		"path": "resource.properties.peeringState",
		"actual": _state,
		"expected": "Connected",
	}
}

unknown contains sprintf("peeringState is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Connected", "Initiated", "Disconnected"])
}
