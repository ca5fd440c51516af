# METADATA
# title: The private endpoint is registered in the private DNS zone of its service
# description: |
#   Without a record in the right private zone, clients that ask for the name of the service get its public address, and the private way is
#   not used. The policy compares the zones of the endpoint's zone group with the zone that Microsoft names for the kind of service, its
#   region-bound zones included, in Azure's public cloud. Records that are written by hand or by a central policy after the deployment are
#   not seen: waive the finding where that is the way of the firm.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/private-endpoint-dns
# custom:
#   check: NET-DNS-001
#   severity: high
#   resource: Microsoft.Network/privateEndpoints
#   reads:
#     - {path: resource.location, type: string}
#     - {path: resource.properties.privateLinkServiceConnections, type: array}
#     - {path: children.privateDnsZoneGroups.*.properties.privateDnsZoneConfigs, type: array}
#   controls:
#     DORA-9-4-b: the private way is really taken, so it can be cut
#     RTS-13-1-g: traffic does not go to the public address because a name resolves there
#     RTS-14-1-a: clients find the endpoint by name as they are meant to
#   remediation:
#     az: |
#       az network private-endpoint dns-zone-group create --resource-group RESOURCE_GROUP --endpoint-name ENDPOINT --name default --zone-name postgres --private-dns-zone ZONE_ID
#     terraform: |
#       resource "azurerm_private_endpoint" "example" {
#         # ...
#         private_dns_zone_group {
#           name                 = "default"
#           private_dns_zone_ids = [azurerm_private_dns_zone.example.id]
#         }
#       }
#     bicep: |
#       resource group 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-01-01' = {
#         parent: endpoint
#         name: 'default'
#         properties: {
#           privateDnsZoneConfigs: [
#             { name: 'postgres', properties: { privateDnsZoneId: zone.id } }
#           ]
#         }
#       }
package azure.network.private_endpoint_registered_in_dns

import data.lib.private_zones

_wanted contains it if {
	some connection in input.resource.properties.privateLinkServiceConnections
	target := connection.properties.privateLinkServiceId
	is_string(target)
	some group in connection.properties.groupIds
	it := {"group": group, "zones": private_zones.of_group(group, target)}
}

_groups contains group if {
	some connection in input.resource.properties.privateLinkServiceConnections
	some group in connection.properties.groupIds
}

_placed contains it.group if some it in _wanted

_registered := {name |
	some _, group in input.children.privateDnsZoneGroups
	some config in group.properties.privateDnsZoneConfigs
	name := private_zones.name(config.properties.privateDnsZoneId)
}

_in_zone(zones) if {
	some name in _registered
	private_zones.fits(name, zones)
}

deny contains finding if {
	private_zones.in_public_cloud(input.resource.location)
	some it in _wanted
	not _in_zone(it.zones)
	finding := {
		"message": sprintf("no zone of %s is named by the endpoint", [it.group]),
		"path": "children.privateDnsZoneGroups.*.properties.privateDnsZoneConfigs",
		"actual": concat(", ", _registered),
		"expected": concat(" or ", it.zones),
	}
}

unknown contains sprintf("the zone of the group %v is not known to this policy", [group]) if {
	some group in _groups
	not group in _placed
}

unknown contains "the endpoint names no group of its target" if count(_groups) == 0

unknown contains "the zones of the clouds for authorities of the USA and for China are not known to this policy" if {
	not private_zones.in_public_cloud(input.resource.location)
}
