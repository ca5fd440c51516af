# METADATA
# description: |
#   Rules of network security groups, {"name", "properties"}: whom they let in or out, on which ports. Each rule is read by itself,
#   whatever a stronger rule of the group says.
package lib.security_rules

# opens(rule, protocol, port): the rule lets the whole internet in on the port. The protocol is tcp or udp.
opens(rule, protocol, port) if {
	opens_to_internet(rule)
	carries(rule, protocol)
	some text in ports(rule)
	some range in _ranges(text)
	range.from <= port
	port <= range.to
}

# opens_all(rule): the rule lets the whole internet in on every port.
opens_all(rule) if {
	opens_to_internet(rule)
	some text in ports(rule)
	some range in _ranges(text)
	range.from <= 1
	range.to >= 65535
}

# opens_to_internet(rule): the rule lets the whole internet in, on some port.
opens_to_internet(rule) if {
	_allows(rule, "inbound")
	some prefix in _texts(rule, "sourceAddressPrefix", "sourceAddressPrefixes")
	anywhere(prefix)
}

# lets_out(rule): the rule lets traffic out to the whole internet, on some port.
lets_out(rule) if {
	_allows(rule, "outbound")
	some prefix in _texts(rule, "destinationAddressPrefix", "destinationAddressPrefixes")
	anywhere(prefix)
}

# anywhere(prefix): the address prefix holds the whole internet.
anywhere(prefix) if lower(prefix) in {"*", "any", "internet", "0.0.0.0", "::"}

anywhere(prefix) if endswith(prefix, "/0")

# carries(rule, protocol): the rule is about the protocol, or about all.
carries(rule, protocol) if lower(rule.properties.protocol) in {protocol, "*"}

# ports(rule): the destination ports, as texts.
ports(rule) := _texts(rule, "destinationPortRange", "destinationPortRanges")

# unclear(rule): nobody can say what the rule does.
unclear(rule) if not _has_direction(rule)

unclear(rule) if not _has_access(rule)

unclear(rule) if not _has_protocol(rule)

unclear(rule) if not _has_ports(rule)

unclear(rule) if {
	some text in ports(rule)
	count(_ranges(text)) == 0
}

unclear(rule) if {
	some pair in [["sourceAddressPrefix", "sourceAddressPrefixes"], ["destinationAddressPrefix", "destinationAddressPrefixes"]]
	some prefix in _texts(rule, pair[0], pair[1])
	not is_string(prefix)
}

# name(rule): what the rule is called.
name(rule) := object.get(rule, "name", "without a name")

_allows(rule, direction) if {
	lower(rule.properties.direction) == direction
	lower(rule.properties.access) == "allow"
}

_has_ports(rule) if count(ports(rule)) > 0

# _texts(rule, one, many): what a rule says once, or in a list.
_texts(rule, one, many) := [item |
	some items in [[object.get(rule.properties, one, "")], object.get(rule.properties, many, [])]
	is_array(items)
	some item in items
	not item in {"", null}
]

# _ranges(text): the port ranges of a text such as "22", "8000-8100", "22,3389" or "*". Empty when it cannot be read.
_ranges(text) := [{"from": 0, "to": 65535}] if text == "*"

_ranges(text) := [{"from": to_number(ends[0]), "to": to_number(ends[count(ends) - 1])} |
	some piece in split(replace(text, " ", ""), ",")
	ends := split(piece, "-")
] if {
	is_string(text)
	regex.match(`^ *[0-9]{1,5}(-[0-9]{1,5})?(, *[0-9]{1,5}(-[0-9]{1,5})?)* *$`, text)
}

_ranges(text) := [] if not _range_text(text)

_range_text(text) if text == "*"

_range_text(text) if {
	is_string(text)
	regex.match(`^ *[0-9]{1,5}(-[0-9]{1,5})?(, *[0-9]{1,5}(-[0-9]{1,5})?)* *$`, text)
}

_has_direction(rule) if lower(rule.properties.direction) in {"inbound", "outbound"}

_has_access(rule) if lower(rule.properties.access) in {"allow", "deny"}

_has_protocol(rule) if lower(rule.properties.protocol) in {"tcp", "udp", "icmp", "esp", "ah", "*"}
