# METADATA
# title: Callouts of the Data Explorer cluster name where they may go
# description: |
#   A query can read and write other services by callouts. A policy that allows any address for a kind of service lets whoever may query
#   send data to an account of his own.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/kusto/management/callout-policy
# custom:
#   check: ADX-NET-004
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - {path: resource.properties.calloutPolicies, type: array}
#   controls:
#     RTS-14-1-b: closes a way by which a query could carry data out of the firm
#     RTS-11-2-i: data leaves by callouts only towards services that are named
#     RTS-13-1-b: the connections that leave the cluster are known
#   remediation:
#     az: az resource show --ids CLUSTER_ID --query properties.calloutPolicies
#     bicep: |
#       resource cluster 'Microsoft.Kusto/clusters@2024-04-13' = {
#         // ...
#         properties: {
#           calloutPolicies: [ { calloutType: 'sql', calloutUriRegex: 'sql-payments-weu-01\\.database\\.windows\\.net/?$', outboundAccess: 'Allow' } ]
#         }
#       }
package azure.data_explorer.callouts_name_targets

import data.lib.arm

_open contains policy.calloutType if {
	some policy in input.resource.properties.calloutPolicies
	arm.same(policy.outboundAccess, "Allow")
	trim_space(policy.calloutUriRegex) in {"*", ".*", "^.*$", ".+", "^.+$", ""}
}

deny contains finding if {
	count(_open) > 0
	finding := {
		"message": sprintf("callouts of the kind %s may go anywhere", [concat(", ", sort(_open))]),
		"path": "resource.properties.calloutPolicies",
		"actual": sort(_open),
		"expected": "named targets",
	}
}

unknown contains "a callout policy does not say what it allows" if {
	some policy in input.resource.properties.calloutPolicies
	not _clear(policy)
}

_clear(policy) if {
	arm.one_of(policy.outboundAccess, ["Allow", "Deny"])
	is_string(policy.calloutUriRegex)
	is_string(policy.calloutType)
}
