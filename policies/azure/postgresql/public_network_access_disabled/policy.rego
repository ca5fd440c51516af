# METADATA
# title: PostgreSQL cannot be reached from the internet
# description: |
#   A server with a public endpoint can be tried by anyone who knows its name, and then only firewall rules and sign-in stand between the
#   internet and the data. A server in a subnet of the firm has no public endpoint, whatever else it says; whether a server is placed in a
#   subnet is decided when it is created.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/network/concepts-networking-public
# custom:
#   check: PG-NET-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.network.publicNetworkAccess
#       type: string
#       absent: "Enabled, unless the server stands in a subnet"
#     - path: resource.properties.network.delegatedSubnetResourceId
#       type: string
#       absent: "none: the server stands in no subnet of the firm"
#   controls:
#     DORA-9-4-b: a server without a public address can be cut off by the network alone
#     DORA-9-3-c: nobody outside the private network reaches the server to guess, flood or read
#     RTS-13-1-g: traffic between the internet and the server is not possible, so there is none to secure
#     RTS-13-1-d: unauthorised connections from outside end before any sign-in
#     GDPR-32-1-b: a leaked credential alone does not open the personal data held here
#     GDPR-25-2: the data is by default not within reach of an indefinite number of people
#     RTS-4-2-b-vii: states of this asset whether it is exposed to the internet
#   fix: {path: resource.properties.network.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --public-access Disabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           network: { publicNetworkAccess: 'Disabled' }
#         }
#       }
#     portal: Server > Settings > Networking > Public access
#     note: "Create the private endpoint and its DNS zone first: firewall rules stop working at once."
package azure.postgresql.public_network_access_disabled

import data.lib.arm

default _access := "Enabled"

_access := input.resource.properties.network.publicNetworkAccess

default _subnet := ""

_subnet := input.resource.properties.network.delegatedSubnetResourceId

deny contains finding if {
	_subnet == ""
	arm.same(_access, "Enabled")
	finding := {
		"message": sprintf("public network access is %s", [_access]),
		"path": "resource.properties.network.publicNetworkAccess",
		"actual": _access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Enabled", "Disabled"])
}
