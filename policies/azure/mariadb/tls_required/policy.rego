# METADATA
# title: The MariaDB server refuses connections without TLS
# description: |
#   With sslEnforcement off, a client may log on and read data in clear text, and whoever sits on the path can read or change it. The
#   setting says nothing of the TLS version (tls_floor_set). Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mariadb/whats-happening-to-mariadb
# custom:
#   check: MDB-TLS-001
#   severity: critical
#   resource: Microsoft.DBforMariaDB/servers
#   reads:
#     - {path: resource.properties.sslEnforcement, type: string}
#   controls:
#     DORA-9-2: this one setting decides whether traffic to the server is protected in transit at all
#     DORA-9-3-a: a server that refuses clear text leaves clients no insecure channel for moving data in or out of it
#     RTS-6-2-a: shows that the encryption rule for data in transit is enforced by the server and not left to each client
#     RTS-6-2-c: the setting holds for every session, from the firm's own network as from outside
#     RTS-13-1-e: sessions are encrypted whatever network they cross, because the server accepts no other kind
#     RTS-14-1-a: confidentiality and integrity of a session are not negotiable for the client once the setting is on
#     GDPR-32-1-a: personal data in queries and results travels encrypted
#     GDPR-5-1-f: keeps people on the network path from reading or altering personal data in a session
#   fix: {path: resource.properties.sslEnforcement, value: Enabled}
#   remediation:
#     terraform: |
#       resource "azurerm_mariadb_server" "example" {
#         # ...
#         ssl_enforcement_enabled = true
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMariaDB/servers@2018-06-01' = {
#         // ...
#         properties: {
#           sslEnforcement: 'Enabled'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.mariadb.tls_required

import data.lib.arm

_tls := input.resource.properties.sslEnforcement

deny contains finding if {
	arm.same(_tls, "Disabled")
	finding := {
		"message": sprintf("enforcement of TLS is %s: clients may connect in clear text", [_tls]),
		"path": "resource.properties.sslEnforcement",
		"actual": _tls,
		"expected": "Enabled",
	}
}

unknown contains sprintf("sslEnforcement is %q, which this policy does not know", [_tls]) if {
	not arm.one_of(_tls, ["Enabled", "Disabled"])
}
