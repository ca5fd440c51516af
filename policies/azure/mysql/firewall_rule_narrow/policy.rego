# METADATA
# title: The firewall rule of MySQL admits few addresses
# description: |
#   A firewall rule lets addresses on the internet try to sign in. One that spans a large range, or all of it, admits people and machines
#   that nobody approved, and makes the firewall an ornament. The largest range is a parameter, firewall_rule_addresses_max. Whether the
#   addresses belong to the firm cannot be seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-public
# custom:
#   check: MY-NET-002
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers/firewallRules
#   reads:
#     - {path: resource.properties.startIpAddress, type: string}
#     - {path: resource.properties.endIpAddress, type: string}
#   parameters:
#     firewall_rule_addresses_max: {type: integer, default: 256, min: 1, max: 65536, meaning: most addresses that one firewall rule of a database may admit}
#   controls:
#     DORA-9-4-b: a narrow rule lets the firm say which outside network is connected, and cut that one
#     DORA-9-3-c: fewer addresses that reach the server means fewer from which it can be attacked
#     RTS-13-1-g: the rule is the boundary between the server and networks that are not the firm's
#     RTS-13-1-d: addresses that nobody approved are refused before any sign-in
#     GDPR-32-1-b: a leaked credential works from fewer places
#     GDPR-25-2: limits by default who can reach the personal data held here
#     RTS-13-1-h: gives the review of firewall rules the rules that admit too much; that the review is held is not seen here
#   remediation:
#     az: |
#       az mysql flexible-server firewall-rule update --resource-group RESOURCE_GROUP --name SERVER --rule-name RULE \
#         --start-ip-address 203.0.113.10 --end-ip-address 203.0.113.10
#     terraform: |
#       resource "azurerm_mysql_flexible_server_firewall_rule" "example" {
#         name                = "office-frankfurt"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         start_ip_address    = "203.0.113.10"
#         end_ip_address      = "203.0.113.10"
#       }
#     bicep: |
#       resource office 'Microsoft.DBforMySQL/flexibleServers/firewallRules@2023-12-30' = {
#         parent: server
#         name: 'office-frankfurt'
#         properties: {
#           startIpAddress: '203.0.113.10'
#           endIpAddress: '203.0.113.10'
#         }
#       }
#     portal: Server > Settings > Networking > Firewall rules
#     note: "Better than a narrow rule is none: a private endpoint, and public network access turned off."
package azure.mysql.firewall_rule_narrow

import data.lib.address_ranges

_first := input.resource.properties.startIpAddress

_last := input.resource.properties.endIpAddress

_addresses := address_ranges.between(_first, _last)

_is_range if _addresses > 0

deny contains finding if {
	_addresses > data.parameters.firewall_rule_addresses_max
	finding := {
		"message": sprintf("the rule admits %v addresses, from %s to %s", [_addresses, _first, _last]),
		"path": "resource.properties.endIpAddress",
		"actual": sprintf("%s to %s", [_first, _last]),
		"expected": sprintf("at most %v addresses", [data.parameters.firewall_rule_addresses_max]),
	}
}

unknown contains sprintf("%q to %q is no range of addresses", [_first, _last]) if not _is_range
