# METADATA
# title: The Data Explorer cluster cannot call any address it likes
# description: |
#   Queries can fetch from and export to addresses outside. Without the restriction, somebody who may query may also carry data away.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/security-network-restrict-outbound-access
# custom:
#   check: ADX-NET-002
#   severity: low
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.properties.restrictOutboundNetworkAccess
#       type: string
#       absent: "Disabled: queries may call any address until told otherwise"
#   controls:
#     RTS-11-2-i: data cannot leave by a query that exports it elsewhere
#     RTS-13-1-g: traffic of the cluster to the internet has named ends only
#     RTS-14-1-b: prevents a leak by a function of the query language
#   fix: {path: resource.properties.restrictOutboundNetworkAccess, value: Enabled}
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --restrict-outbound-network-access Enabled
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         outbound_network_access_restricted = true
#         allowed_fqdns                      = ["stpaymentsweu.blob.core.windows.net"]
#       }
#     bicep: "properties: { restrictOutboundNetworkAccess: 'Enabled', allowedFqdnList: [] }"
package azure.data_explorer.outbound_access_restricted

import data.lib.arm

default _restrict_outbound_network_access := "Disabled"

_restrict_outbound_network_access := input.resource.properties.restrictOutboundNetworkAccess

deny contains finding if {
	arm.same(_restrict_outbound_network_access, "Disabled")
	finding := {
		"message": sprintf("restrictOutboundNetworkAccess is %s: queries may call any address", [_restrict_outbound_network_access]),
		"path": "resource.properties.restrictOutboundNetworkAccess",
		"actual": _restrict_outbound_network_access,
		"expected": "Enabled",
	}
}

unknown contains sprintf("restrictOutboundNetworkAccess is %q, which this policy does not know", [_restrict_outbound_network_access]) if {
	not arm.one_of(_restrict_outbound_network_access, ["Enabled", "Disabled"])
}
