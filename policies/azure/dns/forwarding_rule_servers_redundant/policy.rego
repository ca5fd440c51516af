# METADATA
# title: The DNS forwarding rule names more than one server
# description: |
#   Azure asks the servers of a rule one after the other. With a single server, its failure ends the resolution of the domain for everything
#   in Azure, and connections by name with it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-resolver-reliability
# custom:
#   check: NET-ZR-001
#   severity: medium
#   resource: Microsoft.Network/dnsForwardingRulesets/forwardingRules
#   reads:
#     - {path: resource.properties.targetDnsServers, type: array}
#   parameters:
#     dns_servers_min: {type: integer, default: 2, min: 1, max: 6, meaning: fewest DNS servers to which one forwarding rule sends}
#   controls:
#     DORA-12-4: name resolution has a server in reserve when one fails
#     DORA-10-1: names a single point of failure on which everything that uses the domain depends
#   remediation:
#     az: |
#       az dns-resolver forwarding-rule update --resource-group RESOURCE_GROUP --ruleset-name RULESET --name RULE \
#         --target-dns-servers '[{"ip-address":"10.20.0.4","port":53},{"ip-address":"10.20.0.5","port":53}]'
#     terraform: |
#       resource "azurerm_private_dns_resolver_forwarding_rule" "example" {
#         # ...
#         target_dns_servers {
#           ip_address = "10.20.0.4"
#         }
#         target_dns_servers {
#           ip_address = "10.20.0.5"
#         }
#       }
#     bicep: "properties: { targetDnsServers: [{ ipAddress: '10.20.0.4' }, { ipAddress: '10.20.0.5' }] }"
package azure.dns.forwarding_rule_servers_redundant

_servers := input.resource.properties.targetDnsServers

_addresses contains address if {
	some server in _servers
	address := server.ipAddress
}

_has_address(server) if is_string(server.ipAddress)

deny contains finding if {
	count(_addresses) < data.parameters.dns_servers_min
	finding := {
		"message": sprintf("the rule sends to %d DNS servers", [count(_addresses)]),
		"path": "resource.properties.targetDnsServers",
		"actual": count(_addresses),
		"expected": data.parameters.dns_servers_min,
	}
}

unknown contains "a DNS server has no readable address" if {
	some server in _servers
	not _has_address(server)
}
