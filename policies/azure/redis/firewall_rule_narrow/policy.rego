# METADATA
# title: The firewall rule of the cache admits few addresses
# description: |
#   A rule from 0.0.0.0 to 255.255.255.255 undoes the firewall, and large ranges of a provider let in its other customers. How wide a rule
#   may be is the firm's own choice: firewall_addresses_max. Several narrow rules next to each other are not added up.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure
# custom:
#   check: RED-NET-002
#   severity: high
#   resource: Microsoft.Cache/redis/firewallRules
#   reads:
#     - {path: resource.properties.startIP, type: string}
#     - {path: resource.properties.endIP, type: string}
#   parameters:
#     firewall_addresses_max: {type: integer, default: 256, min: 1, max: 4294967296, meaning: most addresses that one rule of a firewall may admit}
#   controls:
#     DORA-9-4-b: a rule that admits half the internet cuts nothing off, and this shows that the rule is a real limit
#     RTS-13-1-d: keeps the rule to a network that somebody can have approved
#     RTS-13-1-g: tells a firewall in front of the cache from one that exists in name only
#     RTS-13-1-h: points the review of firewall rules to those that are too wide
#     GDPR-32-1-b: the network barrier around personal data in the cache really keeps others out
#   remediation:
#     az: az redis firewall-rules update --resource-group RESOURCE_GROUP --name CACHE --rule-name RULE --start-ip 203.0.113.0 --end-ip 203.0.113.255
#     terraform: |
#       resource "azurerm_redis_firewall_rule" "example" {
#         # ...
#         start_ip = "203.0.113.0"
#         end_ip   = "203.0.113.255"
#       }
#     bicep: |
#       resource rule 'Microsoft.Cache/redis/firewallRules@2024-11-01' = {
#         parent: cache
#         name: 'branch'
#         properties: {
#           startIP: '203.0.113.0'
#           endIP: '203.0.113.255'
#         }
#       }
package azure.redis.firewall_rule_narrow

import data.lib.address_ranges

_first := input.resource.properties.startIP

_last := input.resource.properties.endIP

_range := sprintf("%s to %s", [_first, _last])

_size := address_ranges.between(_first, _last)

_is_range if _size > 0

_expected := sprintf("at most %v addresses", [data.parameters.firewall_addresses_max])

deny contains finding if {
	_size > data.parameters.firewall_addresses_max
	finding := {
		"message": sprintf("the rule lets in %v addresses, from %s", [_size, _range]),
		"path": "resource.properties.endIP",
		"actual": _range,
		"expected": _expected,
	}
}

# No client has this address: in firewalls of Azure it stands for everything inside Azure.
deny contains finding if {
	_last == "0.0.0.0"
	finding := {
		"message": "the rule names 0.0.0.0, which stands for every customer's addresses inside Azure",
		"path": "resource.properties.endIP",
		"actual": _range,
		"expected": _expected,
	}
}

unknown contains sprintf("the rule from %s is no range of addresses", [_range]) if not _is_range
