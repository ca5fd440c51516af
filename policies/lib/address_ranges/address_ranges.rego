# METADATA
# description: How many addresses the rules of firewalls admit. IPv4.
package lib.address_ranges

# The number of addresses by length of prefix, from /0 to /32.
_sizes := [
	4294967296, 2147483648, 1073741824, 536870912, 268435456, 134217728, 67108864, 33554432,
	16777216, 8388608, 4194304, 2097152, 1048576, 524288, 262144, 131072,
	65536, 32768, 16384, 8192, 4096, 2048, 1024, 512,
	256, 128, 64, 32, 16, 8, 4, 2,
	1,
]

# size(text): the addresses of a range in CIDR notation, or one for a single address. Undefined for other text.
size(text) := 1 if number(text) >= 0

size(text) := _sizes[to_number(parts[1])] if {
	parts := split(text, "/")
	count(parts) == 2
	number(parts[0]) >= 0
	regex.match(`^[0-9]{1,2}$`, parts[1])
}

# between(first, last): the addresses from one to another, both included. Undefined for other text.
between(first, last) := (number(last) - number(first)) + 1

# number(address): an address as a number. Undefined for other text.
number(address) := total if {
	regex.match(`^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$`, address)
	parts := [to_number(part) | some part in split(address, ".")]
	max(parts) <= 255
	total := sum([parts[0] * 16777216, parts[1] * 65536, parts[2] * 256, parts[3]])
}
