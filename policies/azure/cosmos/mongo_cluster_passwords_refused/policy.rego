# METADATA
# title: The MongoDB cluster refuses names and passwords of its own
# description: |
#   A user of the cluster's own is known by a password, which several people share, no directory ends and no second factor guards. When only
#   Entra identities are accepted, there is none.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-configure-entra-authentication
# custom:
#   check: COS-AUTH-004
#   severity: medium
#   resource: Microsoft.DocumentDB/mongoClusters
#   reads:
#     - path: resource.properties.authConfig.allowedModes
#       type: array
#       absent: "NativeAuth only: what a cluster accepts when it names no modes"
#   controls:
#     DORA-9-4-c: closes a way into the cluster that the central administration of rights does not see
#     DORA-9-4-d: a password alone is not strong authentication, and no longer opens the cluster
#     RTS-21-c: ends access under names that several people share
#     RTS-21-f-ii: leaves no way around the strong authentication of the directory
#     GDPR-32-1-b: a leaked password exposes no personal data
#   remediation:
#     az: |
#       az resource update --ids CLUSTER_ID --set properties.authConfig.allowedModes="['MicrosoftEntraID']"
#     terraform: |
#       resource "azurerm_mongo_cluster" "example" {
#         # ...
#         authentication_methods = ["MicrosoftEntraID"]
#       }
#     bicep: |
#       resource cluster 'Microsoft.DocumentDB/mongoClusters@2025-09-01' = {
#         // ...
#         properties: {
#           authConfig: { allowedModes: [ 'MicrosoftEntraID' ] }
#         }
#       }
#     note: Register the identities as users of the cluster first.
package azure.cosmos.mongo_cluster_passwords_refused

default _allowed := ["NativeAuth"]

_allowed := input.resource.properties.authConfig.allowedModes

_modes := {lower(mode) | some mode in _allowed}

deny contains finding if {
	"nativeauth" in _modes
	finding := {
		"message": "names and passwords of the cluster are accepted",
		"path": "resource.properties.authConfig.allowedModes",
		"actual": _allowed,
		"expected": "only MicrosoftEntraID",
	}
}

unknown contains sprintf("the mode %q is not known", [mode]) if {
	some mode in _modes
	not mode in {"nativeauth", "microsoftentraid"}
}
