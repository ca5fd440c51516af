# METADATA
# title: Clusters of the Databricks workspace are brought up to date by themselves
# description: |
#   A cluster that runs on for months keeps the image and the runtime with which it began, and the weaknesses in them. Automatic update
#   restarts clusters in a window of the firm's choosing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/admin/clusters/automatic-cluster-update
# custom:
#   check: DBW-INV-001
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.enhancedSecurityCompliance.automaticClusterUpdate.value
#       type: string
#       absent: "Disabled: clusters are updated by themselves only where the workspace says so"
#   controls:
#     DORA-9-4-f: puts the update policy for clusters into a setting that can be verified
#     RTS-10-4-d: bounds the time between the release of a correction and its use
#     DORA-7-intro: keeps the nodes up to date without waiting for somebody to remember
#   fix: {path: resource.properties.enhancedSecurityCompliance.automaticClusterUpdate.value, value: Enabled}
#   remediation:
#     az: az resource update --ids WORKSPACE_ID --set properties.enhancedSecurityCompliance.automaticClusterUpdate.value=Enabled
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         enhanced_security_compliance {
#           automatic_cluster_update_enabled = true
#         }
#       }
#     bicep: |
#       resource workspace 'Microsoft.Databricks/workspaces@2024-05-01' = {
#         // ...
#         properties: {
#           enhancedSecurityCompliance: { automaticClusterUpdate: { value: 'Enabled' } }
#         }
#       }
#     portal: Workspace > Settings > Security & compliance
package azure.databricks.clusters_updated_automatically

import data.lib.arm

default _update := "Disabled"

_update := input.resource.properties.enhancedSecurityCompliance.automaticClusterUpdate.value

deny contains finding if {
	arm.same(_update, "Disabled")
	finding := {
		"message": "clusters are not brought up to date by themselves",
		"path": "resource.properties.enhancedSecurityCompliance.automaticClusterUpdate.value",
		"actual": _update,
		"expected": "Enabled",
	}
}

unknown contains sprintf("enhancedSecurityCompliance is %q, which this policy does not know", [_update]) if {
	not arm.one_of(_update, ["Enabled", "Disabled"])
}
