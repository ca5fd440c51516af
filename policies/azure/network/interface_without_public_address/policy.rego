# METADATA
# title: The network interface has no public address
# description: |
#   A machine with a public address of its own can be reached, and tried, from everywhere; one wrong rule in its security group is enough.
#   Machines that serve the public belong behind a gateway or load balancer.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses
# custom:
#   check: NET-NIC-002
#   severity: high
#   resource: Microsoft.Network/networkInterfaces
#   reads:
#     - {path: resource.properties.ipConfigurations, type: array}
#   controls:
#     RTS-13-1-g: traffic from the internet enters at a boundary and not at each machine
#     RTS-4-2-b-vii: shows which machine is exposed to the internet
#     DORA-9-3-c: machines that hold or process data are not offered to the internet
#     GDPR-25-2: no system with personal data is reachable by everybody by default
#   remediation:
#     az: az network nic ip-config update --resource-group RESOURCE_GROUP --nic-name NIC --name CONFIGURATION --remove publicIPAddress
#     terraform: |
#       resource "azurerm_network_interface" "example" {
#         # ...
#         ip_configuration {
#           name                          = "internal"
#           subnet_id                     = azurerm_subnet.example.id
#           private_ip_address_allocation = "Dynamic"
#           # no public_ip_address_id
#         }
#       }
package azure.network.interface_without_public_address

_public(configuration) := configuration.properties.publicIPAddress

deny contains finding if {
	some configuration in input.resource.properties.ipConfigurations
	finding := {
		"message": sprintf("the configuration %v has a public address", [object.get(configuration, "name", "without a name")]),
		"path": "resource.properties.ipConfigurations",
		"actual": object.get(_public(configuration), "id", "a public address"),
		"expected": "no public address",
	}
}

unknown contains "an IP configuration cannot be read" if {
	some configuration in input.resource.properties.ipConfigurations
	not _readable(configuration)
}

unknown contains "the interface has no IP configuration" if count(input.resource.properties.ipConfigurations) == 0

_readable(configuration) if is_object(configuration.properties)
