# METADATA
# title: The private DNS zone has the name that its service looks for
# description: |
#   A private endpoint works by name: clients ask for the name of the service, and Azure answers from the private zone with exactly the
#   right name. In a zone with a slightly wrong name, records lie unused and clients go on to the public address. The policy knows the zones
#   of the services that this tool covers and common mistakes; other names under privatelink are unknown, and zones of the firm's own are
#   left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/private-endpoint-dns
# custom:
#   check: NET-DNS-001
#   severity: high
#   resource: Microsoft.Network/privateDnsZones
#   reads:
#     - {path: resource.name, type: string}
#   controls:
#     DORA-9-4-b: the private way is really taken, so it can be cut
#     RTS-13-1-g: traffic does not go to the public address because a name resolves there
#     RTS-14-1-a: clients find the endpoint by name as they are meant to
#   remediation:
#     az: az network private-dns zone create --resource-group RESOURCE_GROUP --name privatelink.postgres.database.azure.com
#     terraform: |
#       resource "azurerm_private_dns_zone" "example" {
#         name                = "privatelink.postgres.database.azure.com"
#         resource_group_name = azurerm_resource_group.example.name
#       }
package azure.dns.private_zone_name_correct

import data.lib.private_zones

_name := lower(input.resource.name)

not_applicable contains "the zone is not for private endpoints" if not startswith(_name, "privatelink.")

deny contains finding if {
	right := private_zones.meant(_name)
	finding := {
		"message": sprintf("no service looks for names in %s", [_name]),
		"path": "resource.name",
		"actual": _name,
		"expected": right,
	}
}

unknown contains sprintf("%q is no zone that this policy knows", [_name]) if {
	not private_zones.known(_name)
	not private_zones.meant(_name)
}
