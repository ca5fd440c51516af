# METADATA
# title: The PostgreSQL single server cannot be reached from the internet
# description: |
#   A server with a public endpoint can be tried by anyone who knows its name, and then only firewall rules and sign-in stand between the
#   internet and the data. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: PGS-NET-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/servers
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: the default of a server that does not say otherwise"
#   controls:
#     DORA-9-4-b: a server without a public address can be cut off by the network alone
#     DORA-9-3-c: nobody outside the private network reaches the server to guess, flood or read
#     RTS-13-1-g: traffic between the internet and the server is not possible, so there is none to secure
#     RTS-13-1-d: unauthorised connections from outside end before any sign-in
#     GDPR-32-1-b: a leaked credential alone does not open the personal data held here
#     GDPR-25-2: the data is by default not within reach of an indefinite number of people
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_server" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/servers@2017-12-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.public_network_access_disabled

import data.lib.arm

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_access, "Enabled")
	finding := {
		"message": sprintf("public network access is %s", [_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Disabled", "Enabled"])
}
