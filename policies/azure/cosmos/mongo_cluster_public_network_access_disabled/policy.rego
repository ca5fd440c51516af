# METADATA
# title: The MongoDB cluster cannot be reached from the internet
# description: |
#   A public address lets anybody try, and leaves passwords and firewall rules as the only guard. Without it the cluster is reached over
#   private endpoints only.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/security
# custom:
#   check: COS-NET-007
#   severity: high
#   resource: Microsoft.DocumentDB/mongoClusters
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a cluster that does not say otherwise has a public address"
#   controls:
#     DORA-9-4-b: the only way to the cluster is one that the firm can cut
#     DORA-9-3-c: takes away the path by which outsiders could reach the cluster at all
#     RTS-13-1-d: connections come from networks that the firm approved
#     RTS-13-1-g: traffic to the cluster stays on private networks
#     GDPR-25-2: personal data is not exposed to an indefinite number of people
#     GDPR-32-1-b: the confidentiality of the data does not hang on passwords alone
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az resource update --ids CLUSTER_ID --set properties.publicNetworkAccess=Disabled
#     terraform: |
#       resource "azurerm_mongo_cluster" "example" {
#         # ...
#         public_network_access = "Disabled"
#       }
#     bicep: |
#       resource cluster 'Microsoft.DocumentDB/mongoClusters@2025-09-01' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     portal: MongoDB cluster > Settings > Networking
package azure.cosmos.mongo_cluster_public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": "the cluster can be reached from the internet",
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
