# METADATA
# title: The firewall of the key vault names no range as wide as the internet
# description: |
#   A firewall that denies by default and then lets in 0.0.0.0/0, or the two halves of it, is a firewall in name only. Every IPv4 range with
#   a prefix shorter than the parameter counts as too wide.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/network-security
# custom:
#   check: KV-NET-002
#   severity: high
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - {path: resource.properties.networkAcls.ipRules, type: array}
#   parameters:
#     firewall_prefix_bits_min: {type: integer, default: 16, min: 1, max: 32, meaning: fewest bits of a prefix that a firewall rule for the internet may name}
#   controls:
#     RTS-13-1-g: the addresses that may reach the keys from outside are few enough to be known
#     RTS-13-1-k: holds the rules of the firewall against a baseline
#     DORA-9-4-b: the network boundary of the vault separates something
#     RTS-7-2: keys are not offered to ranges that nobody oversees
#   remediation:
#     az: az keyvault network-rule remove --name VAULT --resource-group RESOURCE_GROUP --ip-address 0.0.0.0/0
#     bicep: |
#       networkAcls: {
#         defaultAction: 'Deny'
#         ipRules: [
#           { value: '203.0.113.0/24' }
#         ]
#       }
package azure.key_vault.firewall_without_world_range

_ranges := [rule.value | some rule in input.resource.properties.networkAcls.ipRules]

_bits(range) := to_number(split(range, "/")[1]) if regex.match(`^[0-9.]+/[0-9]+$`, range)

_bits(range) := 32 if regex.match(`^[0-9.]+$`, range)

deny contains finding if {
	some range in _ranges
	_bits(range) < data.parameters.firewall_prefix_bits_min
	finding := {
		"message": sprintf("the firewall lets in %s", [range]),
		"path": "resource.properties.networkAcls.ipRules",
		"actual": range,
		"expected": sprintf("ranges of /%d or smaller", [data.parameters.firewall_prefix_bits_min]),
	}
}

unknown contains sprintf("the address %v cannot be read", [range]) if {
	some range in _ranges
	not _bits(range)
}
