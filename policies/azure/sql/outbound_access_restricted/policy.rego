# METADATA
# title: Azure SQL sends data only to names that the firm approves
# description: |
#   Auditing, exports, bulk copies and external tables let the engine itself connect outwards. Without the restriction, who may run them can
#   send data to any storage account in the world. The list of approved names is not looked into.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/outbound-firewall-rule-overview
# custom:
#   check: NET-EGR-001
#   severity: low
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: resource.properties.restrictOutboundNetworkAccess
#       type: string
#       absent: "Disabled: the default of a server that does not say otherwise"
#   controls:
#     RTS-11-2-i: closes the way by which the engine itself could carry data out of the firm
#     RTS-14-1-b: leakage through the engine is prevented, and a transfer to an outside party needs an approved name
#   fix: {path: resource.properties.restrictOutboundNetworkAccess, value: Enabled}
#   remediation:
#     az: az sql server update --resource-group RESOURCE_GROUP --name SERVER --restrict-outbound-network-access true
#     terraform: |
#       resource "azurerm_mssql_server" "example" {
#         # ...
#         outbound_network_restriction_enabled = true
#       }
#     bicep: |
#       resource server 'Microsoft.Sql/servers@2023-08-01' = {
#         // ...
#         properties: {
#           restrictOutboundNetworkAccess: 'Enabled'
#         }
#       }
#     portal: SQL server > Security > Networking > Connectivity > Outbound networking
#     note: Approve the storage accounts of auditing and vulnerability assessment before, as outbound firewall rules.
package azure.sql.outbound_access_restricted

import data.lib.arm

default _restriction := "Disabled"

_restriction := input.resource.properties.restrictOutboundNetworkAccess

deny contains finding if {
	arm.same(_restriction, "Disabled")
	finding := {
		"message": sprintf("the restriction of outbound connections is %s", [_restriction]),
		"path": "resource.properties.restrictOutboundNetworkAccess",
		"actual": _restriction,
		"expected": "Enabled",
	}
}

unknown contains sprintf("restrictOutboundNetworkAccess is %q, which this policy does not know", [_restriction]) if {
	not arm.one_of(_restriction, ["Enabled", "Disabled"])
}
