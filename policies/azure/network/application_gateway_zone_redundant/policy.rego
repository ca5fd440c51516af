# METADATA
# title: The application gateway spans availability zones
# description: |
#   A application gateway in one zone stops when that zone stops, whatever is redundant behind it. The zones are fixed at creation: a
#   finding means a new resource. In regions without zones the finding is a fail that needs a waiver or the parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/availability-zones-overview
# custom:
#   check: NET-ZR-002
#   severity: medium
#   resource: Microsoft.Network/applicationGateways
#   reads:
#     - path: resource.zones
#       type: array
#       absent: "no zone: Azure puts it where there is room"
#     - {path: resource.location, type: string}
#   parameters:
#     network_zones_min: {type: integer, default: 2, min: 0, max: 3, meaning: fewest availability zones for gateways and addresses of the network; 0 asks for none}
#   controls:
#     DORA-12-4: the entrance keeps working when one zone fails
#     DORA-11-5: compares a component on which others depend with the redundancy that critical components need
#     GDPR-32-1-b: the loss of one zone does not end the availability of the service
#     DORA-10-1: names a single point of failure in the network
#   remediation:
#     terraform: |
#       resource "azurerm_application_gateway" "example" {
#         # ...
#         zones = ["1", "2", "3"]
#       }
#     bicep: |
#       zones: ['1', '2', '3']
package azure.network.application_gateway_zone_redundant

default _zones := []

_zones := input.resource.zones

not_applicable contains "the network need not survive the loss of a zone" if data.parameters.network_zones_min == 0

deny contains finding if {
	input.resource.location
	count(_zones) < data.parameters.network_zones_min
	finding := {
		"message": sprintf("it stands in %d zones", [count(_zones)]),
		"path": "resource.zones",
		"actual": count(_zones),
		"expected": sprintf("at least %d zones", [data.parameters.network_zones_min]),
	}
}
