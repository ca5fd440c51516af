# METADATA
# title: IPv6 firewall rules of the SQL server admit few networks
# description: |
#   A rule for IPv6 is a list of its own beside the rules for IPv4, and one that begins at :: and ends at ffff: lets in the whole internet.
#   The first groups of sixteen bits that both ends of the rule share are counted, and all addresses below that prefix are taken as
#   admitted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/firewall-configure
# custom:
#   check: SQL-NET-008
#   severity: high
#   resource: Microsoft.Sql/servers/ipv6FirewallRules
#   reads:
#     - {path: resource.properties.startIPv6Address, type: string}
#     - {path: resource.properties.endIPv6Address, type: string}
#   parameters:
#     firewall_ipv6_prefix_bits_min: {type: integer, default: 48, min: 1, max: 128, meaning: fewest bits that both ends of a firewall rule for IPv6 must share}
#   controls:
#     DORA-9-4-b: a rule that admits half of all networks cuts nothing off, and this shows that each rule for IPv6 is a real limit
#     RTS-13-1-d: connections come from networks that the firm approved, in IPv6 as in IPv4
#     RTS-13-1-h: points to rules for IPv6 that the review of the firewall has to look at
#     GDPR-25-2: access is not open to an indefinite number of people by the newer protocol
#   remediation:
#     az: |
#       az sql server ipv6-firewall-rule update --resource-group RESOURCE_GROUP --server SERVER --name RULE --start-ipv6-address 2001:db8:12:34:: --end-ipv6-address 2001:db8:12:34:ffff:ffff:ffff:ffff
#     bicep: |
#       resource rule 'Microsoft.Sql/servers/ipv6FirewallRules@2023-08-01' = {
#         parent: server
#         name: 'branch-office'
#         properties: {
#           startIPv6Address: '2001:db8:12:34::'
#           endIPv6Address: '2001:db8:12:34:ffff:ffff:ffff:ffff'
#         }
#       }
#     portal: SQL server > Security > Networking > Firewall rules
package azure.sql.ipv6_firewall_rule_narrow

_first := _groups(input.resource.properties.startIPv6Address)

_last := _groups(input.resource.properties.endIPv6Address)

# _groups(text): the eight groups of an IPv6 address, each with four digits. Undefined for other text.
_groups(text) := array.concat(array.concat(left, zeros), right) if {
	halves := split(lower(text), "::")
	every half in halves {
		is_array(_words(half))
	}
	left := _words(halves[0])
	right := [word | some i, half in halves; i > 0; some word in _words(half)]
	missing := 8 - (count(left) + count(right))
	zeros := array.slice(["0000", "0000", "0000", "0000", "0000", "0000", "0000", "0000"], 0, missing * (count(halves) - 1))
	(count(left) + count(zeros)) + count(right) == 8
}

_words(text) := [] if text == ""

_words(text) := [substring(concat("", ["000", group]), count(group) - 1, -1) | some group in split(text, ":")] if {
	every group in split(text, ":") {
		regex.match(`^[0-9a-f]{1,4}$`, group)
	}
}

# The places at which the ends differ, and one past the end.
_differ := {i | some i, group in _first; group != _last[i]} | {8}

_bits := min(_differ) * 16

deny contains finding if {
	_bits < data.parameters.firewall_ipv6_prefix_bits_min
	finding := {
		"message": sprintf("the rule admits all networks below a prefix of %v bits", [_bits]),
		"path": "resource.properties.endIPv6Address",
		"actual": _bits,
		"expected": sprintf("at least %v bits", [data.parameters.firewall_ipv6_prefix_bits_min]),
	}
}

unknown contains "the ends of the rule are no IPv6 addresses" if not _readable

_readable if count(_first) == count(_last)
