# METADATA
# title: The MongoDB cluster accepts Microsoft Entra identities
# description: |
#   Without Entra identities everybody who uses the cluster does so under names and passwords that the directory does not know: no second
#   factor, no joint end when somebody leaves.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-configure-entra-authentication
# custom:
#   check: COS-AUTH-003
#   severity: high
#   resource: Microsoft.DocumentDB/mongoClusters
#   reads:
#     - path: resource.properties.authConfig.allowedModes
#       type: array
#       absent: "NativeAuth only: what a cluster accepts when it names no modes"
#   controls:
#     DORA-9-4-d: logon to the cluster can rest on the strong authentication of the directory
#     RTS-20-1: people and programs at the cluster are identities that the directory knows
#     RTS-21-f-ii: the second factor that the directory asks for can guard the cluster
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
package azure.cosmos.mongo_cluster_entra_authentication_enabled

default _allowed := ["NativeAuth"]

_allowed := input.resource.properties.authConfig.allowedModes

_modes := {lower(mode) | some mode in _allowed}

deny contains finding if {
	not "microsoftentraid" in _modes
	finding := {
		"message": "Microsoft Entra identities are not accepted",
		"path": "resource.properties.authConfig.allowedModes",
		"actual": _allowed,
		"expected": "MicrosoftEntraID",
	}
}

unknown contains sprintf("the mode %q is not known", [mode]) if {
	some mode in _modes
	not mode in {"nativeauth", "microsoftentraid"}
}
