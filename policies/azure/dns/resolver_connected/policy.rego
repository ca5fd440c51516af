# METADATA
# title: The private DNS resolver is connected to its network
# description: |
#   A resolver that is disconnected answers nobody: names of private endpoints fail for every place that asks it, on premises included. Live
#   only: code never shows it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/dns-private-resolver-overview
# custom:
#   check: NET-DNS-013
#   severity: high
#   resource: Microsoft.Network/dnsResolvers
#   reads:
#     - {path: resource.properties.dnsResolverState, type: string}
#   controls:
#     DORA-9-3-c: an outage of names, which takes every private service with it, is found by a check
#     DORA-8-4: the resolver on record is one that works
#     RTS-9-1-c: availability of a part that everything depends on is watched
#   remediation:
#     az: az dns-resolver show --resource-group RESOURCE_GROUP --name RESOLVER --query dnsResolverState
#     note: The network was deleted or moved. Make the resolver anew in the network that clients are linked to.
package azure.dns.resolver_connected

import data.lib.arm

_state := input.resource.properties.dnsResolverState

deny contains finding if {
	arm.same(_state, "Disconnected")
	finding := {
		"message": "the resolver has lost its network",
		"path": "resource.properties.dnsResolverState",
		"actual": _state,
		"expected": "Connected",
	}
}

unknown contains sprintf("dnsResolverState is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Connected", "Disconnected"])
}
