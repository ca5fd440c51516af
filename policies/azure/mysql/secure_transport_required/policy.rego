# METADATA
# title: MySQL refuses connections without TLS
# description: |
#   With require_secure_transport off, a client may log on and read data in clear text, and whoever sits on the path can read or change it.
#   The parameter takes effect without a restart. It says nothing about the TLS version (tls_versions_allowed) nor about whether clients
#   check the server's certificate. A template that does not set the parameter gives no verdict: only the live server shows the value in
#   force.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/how-to-connect-tls-ssl
# custom:
#   check: MY-TLS-001
#   severity: critical
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.configurations.require_secure_transport.properties.value, type: string}
#   controls:
#     DORA-9-2: this one parameter decides whether database traffic is protected in transit at all
#     DORA-9-3-a: a server that refuses clear text leaves clients no insecure channel for moving data in or out of it
#     RTS-6-2-a: shows that the encryption rule for data in transit is enforced by the server and not left to each client
#     RTS-6-2-c: the parameter holds for every session, from the firm's own network as from outside
#     RTS-13-1-e: sessions are encrypted whatever network they cross, because the server accepts no other kind
#     RTS-14-1-a: confidentiality and integrity of a session are not negotiable for the client once the parameter is on
#     GDPR-32-1-a: personal data in queries and results travels encrypted
#     GDPR-5-1-f: keeps people on the network path from reading or altering personal data in a session
#   fix: {path: children.configurations.require_secure_transport.properties.value, value: "ON"}
#   remediation:
#     az: az mysql flexible-server parameter set --resource-group RG --server-name SERVER --name require_secure_transport --value ON
#     terraform: |
#       resource "azurerm_mysql_flexible_server_configuration" "require_secure_transport" {
#         name                = "require_secure_transport"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         value               = "ON"
#       }
#     bicep: |
#       resource requireSecureTransport 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {
#         parent: server
#         name: 'require_secure_transport'
#         properties: { value: 'ON', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > require_secure_transport > ON > Save
#     note: |
#       Clients that connect without TLS are refused from then on. Find them first in performance_schema.status_by_thread (Ssl_version is
#       empty).
package azure.mysql.secure_transport_required

import data.lib.arm

_value := input.children.configurations.require_secure_transport.properties.value

deny contains finding if {
	arm.same(_value, "OFF")
	finding := {
		"message": sprintf("require_secure_transport is %q: clients may connect in clear text", [_value]),
		"path": "children.configurations.require_secure_transport.properties.value",
		"actual": _value,
		"expected": "ON",
	}
}

unknown contains sprintf("require_secure_transport is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["ON", "OFF"])
}
