# METADATA
# title: Records of private zones lead to private addresses
# description: |
#   A record in a private zone that names a public address sends traffic that everybody believes to be private over the internet, or to a
#   stranger when the address was given back. It overrides the right answer for every network that is linked to the zone.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-dns-privatednszone
# custom:
#   check: NET-DNS-010
#   severity: medium
#   resource: Microsoft.Network/privateDnsZones/A
#   reads:
#     - {path: resource.properties.aRecords, type: array}
#   parameters:
#     private_address_ranges: {type: list, default: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10], pattern: "^[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}/[0-9]{1,2}$", meaning: ranges of addresses that count as private}
#   controls:
#     RTS-13-1-b: names of the firm lead to addresses in its networks, as the record of connections says
#     RTS-14-1-a: traffic goes to the service that was meant and not to whoever holds an address
#     DORA-9-3-a: the channel that is meant to be private is private
#     GDPR-32-1-b: personal data is not sent to an address outside by a wrong answer
#   remediation:
#     az: az network private-dns record-set a remove-record --resource-group RESOURCE_GROUP --zone-name ZONE --record-set-name NAME --ipv4-address PUBLIC_ADDRESS
#     terraform: |
#       resource "azurerm_private_dns_a_record" "example" {
#         name                = "pg-payments-weu-01"
#         zone_name           = azurerm_private_dns_zone.example.name # azurerm 5: private_dns_zone_id in place of zone and group
#         resource_group_name = azurerm_private_dns_zone.example.resource_group_name
#         ttl                 = 300
#         records             = ["10.20.4.5"]
#       }
#     bicep: |
#       resource record 'Microsoft.Network/privateDnsZones/A@2024-06-01' = {
#         // ...
#         properties: {
#           ttl: 300
#           aRecords: [ { ipv4Address: '10.20.4.5' } ]
#         }
#       }
package azure.dns.record_address_private

_addresses contains record.ipv4Address if some record in input.resource.properties.aRecords

_valid(address) if net.cidr_is_valid(concat("", [address, "/32"]))

_private(address) if {
	some range in data.parameters.private_address_ranges
	net.cidr_contains(range, address)
}

_outside contains address if {
	some address in _addresses
	_valid(address)
	not _private(address)
}

deny contains finding if {
	count(_outside) > 0
	finding := {
		"message": sprintf("the name leads to %s", [concat(", ", sort(_outside))]),
		"path": "resource.properties.aRecords",
		"actual": sort(_outside),
		"expected": data.parameters.private_address_ranges,
	}
}

unknown contains sprintf("%v is no address", [address]) if {
	some address in _addresses
	not _valid(address)
}

unknown contains "a record names no address" if {
	some record in input.resource.properties.aRecords
	not _has_address(record)
}

_has_address(record) if is_string(record.ipv4Address)
