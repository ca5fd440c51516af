# METADATA
# title: The Data Explorer cluster has a managed identity
# description: |
#   Without an identity of its own, the cluster needs keys or tokens in its connections to storage, event hubs and vaults, and it cannot
#   use a customer-managed key.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/configure-managed-identities-cluster
# custom:
#   check: ADX-AUTH-001
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: Azure leaves the identity out when there is none"
#   controls:
#     RTS-20-1: gives the cluster an identity of its own in the directory, with which it signs in to the stores that it ingests from
#     RTS-21-c: calls of the cluster to the stores that it ingests from can be traced to it instead of to a shared secret
#     DORA-9-4-d: the cluster can authenticate without a secret in its settings that somebody could copy
#   remediation:
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: "identity: { type: 'SystemAssigned' }"
#     portal: Cluster > Security + networking > Identity > System assigned > On
package azure.data_explorer.managed_identity_used

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the cluster has no managed identity",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": "SystemAssigned",
	}
}

unknown contains sprintf("identity.type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(replace(_identity, " ", ""), ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"])
}
