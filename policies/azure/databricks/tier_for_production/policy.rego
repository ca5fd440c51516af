# METADATA
# title: The Databricks workspace is of a tier with access control and audit logs
# description: |
#   In the tier Standard every user of the workspace may read and change everything in it, and there is no audit log to send anywhere; a
#   trial ends by itself. Rights on tables, clusters and notebooks, and diagnostic logs, begin with Premium.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/getting-started/#sign-up
# custom:
#   check: DBW-AUTH-001
#   severity: high
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - {path: resource.sku.name, type: string}
#   controls:
#     RTS-21-a: rights within the workspace can be given by need, which the tier Standard cannot do
#     DORA-9-4-c: access to notebooks and data can be restricted
#     RTS-12-2-c: access and changes in the workspace can be logged
#     DORA-10-3: there is a log by which users of the workspace can be watched
#     GDPR-32-1-b: personal data in the workspace is not open to each of its users
#   remediation:
#     az: az resource update --ids WORKSPACE_ID --set sku.name=premium
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         sku = "premium"
#       }
#     bicep: |
#       resource workspace 'Microsoft.Databricks/workspaces@2024-05-01' = {
#         // ...
#         sku: { name: 'premium' }
#       }
package azure.databricks.tier_for_production

import data.lib.arm

_name := input.resource.sku.name

deny contains finding if {
	arm.one_of(_name, ["standard", "trial"])
	finding := {
		"message": sprintf("the workspace is of the tier %s", [_name]),
		"path": "resource.sku.name",
		"actual": _name,
		"expected": "premium or enterprise",
	}
}

unknown contains sprintf("name is %q, which this policy does not know", [_name]) if {
	not arm.one_of(_name, ["premium", "enterprise", "standard", "trial"])
}
