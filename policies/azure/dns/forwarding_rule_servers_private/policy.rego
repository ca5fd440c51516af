# METADATA
# title: Questions for names are forwarded to servers in private networks
# description: |
#   What a firm asks for by name says what it runs and with whom it works. A rule that forwards to a public resolver sends these questions
#   outside in clear text, and whoever answers decides where traffic goes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets
# custom:
#   check: NET-DNS-015
#   severity: medium
#   resource: Microsoft.Network/dnsForwardingRulesets/forwardingRules
#   reads:
#     - {path: resource.properties.targetDnsServers, type: array}
#     - {path: resource.properties.forwardingRuleState, type: string}
#   parameters:
#     private_address_ranges: {type: list, default: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10], pattern: "^[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}/[0-9]{1,2}$", meaning: ranges of addresses that count as private}
#   controls:
#     RTS-13-1-g: questions for names stay inside networks of the firm
#     RTS-14-1-b: what the firm asks for does not leak to resolvers of others
#     RTS-14-1-a: answers come from servers that the firm runs or has chosen in private
#   remediation:
#     az: |
#       az dns-resolver forwarding-rule update --resource-group RESOURCE_GROUP --ruleset-name RULESET --name RULE --target-dns-servers "[{ip-address:10.1.0.4,port:53},{ip-address:10.1.0.5,port:53}]"
#     terraform: |
#       resource "azurerm_private_dns_resolver_forwarding_rule" "example" {
#         # ...
#         target_dns_servers {
#           ip_address = "10.1.0.4"
#           port       = 53
#         }
#       }
#     bicep: |
#       resource rule 'Microsoft.Network/dnsForwardingRulesets/forwardingRules@2022-07-01' = {
#         // ...
#         properties: {
#           domainName: 'corp.example.com.'
#           targetDnsServers: [ { ipAddress: '10.1.0.4', port: 53 } ]
#         }
#       }
package azure.dns.forwarding_rule_servers_private

import data.lib.arm

_servers := input.resource.properties.targetDnsServers

_state := input.resource.properties.forwardingRuleState

_valid(address) if net.cidr_is_valid(concat("", [address, "/32"]))

_private(address) if {
	some range in data.parameters.private_address_ranges
	net.cidr_contains(range, address)
}

_outside contains server.ipAddress if {
	some server in _servers
	_valid(server.ipAddress)
	not _private(server.ipAddress)
}

not_applicable contains "the rule is off" if arm.same(_state, "Disabled")

deny contains finding if {
	count(_outside) > 0
	finding := {
		"message": sprintf("questions are forwarded to %s", [concat(", ", sort(_outside))]),
		"path": "resource.properties.targetDnsServers",
		"actual": sort(_outside),
		"expected": data.parameters.private_address_ranges,
	}
}

unknown contains "a server has no IPv4 address" if {
	some server in _servers
	not _has_address(server)
}

unknown contains sprintf("forwardingRuleState is %q, which this policy does not know", [_state]) if not arm.one_of(_state, ["Enabled", "Disabled"])

_has_address(server) if _valid(server.ipAddress)
