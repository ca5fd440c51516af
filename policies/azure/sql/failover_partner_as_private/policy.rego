# METADATA
# title: The partner of the SQL failover group is as private as the server
# description: |
#   The partner server holds a full copy of the data under its own network settings. If it answers on the internet while the server does
#   not, the copy undoes the protection; and after a failover the clients would have to use another path. Whether the partner has a
#   private endpoint in its region is judged on the partner.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/failover-group-sql-db
# custom:
#   check: SQL-GEO-003
#   severity: high
#   resource: Microsoft.Sql/servers/failoverGroups
#   reads:
#     - path: related.parent.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default for a server that does not say otherwise"
#     - path: related.partner.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure's default for a server that does not say otherwise"
#   controls:
#     DORA-9-4-b: the copy can be cut off by the network as the server can
#     DORA-12-2: taking the copy into use does not open the data to the internet
#     RTS-26-2: the path to the data is the same kind on the other side, so the switchover works for private clients
#     GDPR-32-1-b: keeps the copy of personal data as far from the internet as the original
#   remediation:
#     az: az sql server update --resource-group RESOURCE_GROUP --name SECONDARY --enable-public-network false
#     terraform: |
#       resource "azurerm_mssql_server" "secondary" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource secondary 'Microsoft.Sql/servers@2023-08-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     note: |
#       Give the partner a private endpoint in a network of its region first.
package azure.sql.failover_partner_as_private

import data.lib.arm

default _own := "Enabled"

_own := input.related.parent.properties.publicNetworkAccess

default _partner := "Enabled"

_partner := input.related.partner.properties.publicNetworkAccess

_closed := ["Disabled", "SecuredByPerimeter"]

not_applicable contains "the server itself is reachable from the internet, which is public_network_access_disabled's finding" if arm.same(_own, "Enabled")

deny contains finding if {
	arm.one_of(_own, _closed)
	arm.same(_partner, "Enabled")
	finding := {
		"message": sprintf("public network access is %s on the server and %s on its partner, so the same data is reachable there", [_own, _partner]),
		"path": "related.partner.properties.publicNetworkAccess",
		"actual": _partner,
		"expected": _own,
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [value]) if {
	some value in [_own, _partner]
	not arm.one_of(value, array.concat(_closed, ["Enabled"]))
}
