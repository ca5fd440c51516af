# METADATA
# title: PostgreSQL refuses connections without TLS
# description: |
#   With require_secure_transport off, a client may log on and read data in clear text, and whoever sits on the path can read or change it.
#   The parameter takes effect without a restart. It says nothing about the TLS version (tls_floor_set) nor about whether clients check the
#   server's certificate. A template that does not set the parameter gives no verdict: only the live server shows the value in force.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-tls
# custom:
#   check: PG-TLS-001
#   severity: critical
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
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
#   fix: {path: children.configurations.require_secure_transport.properties.value, value: "on"}
#   remediation:
#     az: az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name require_secure_transport --value on
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "require_secure_transport" {
#         name      = "require_secure_transport"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "on"
#       }
#     bicep: |
#       resource requireSecureTransport 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'require_secure_transport'
#         properties: { value: 'on', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > require_secure_transport > on > Save
#     note: Clients that connect without TLS are cut off at once. Find them in pg_stat_ssl first.
package azure.postgresql.secure_transport_required

import data.lib.arm

_value := input.children.configurations.require_secure_transport.properties.value

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("require_secure_transport is %q: clients may connect in clear text", [_value]),
		"path": "children.configurations.require_secure_transport.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("require_secure_transport is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
