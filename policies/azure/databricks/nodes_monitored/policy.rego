# METADATA
# title: The nodes of the Databricks workspace are watched for intruders
# description: |
#   Users run code of their own on the nodes. Enhanced security monitoring puts a hardened image with monitoring of files and processes and
#   a scanner for malware on them, and writes what it finds to the logs.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/privacy/enhanced-security-monitoring
# custom:
#   check: DBW-LOG-001
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.enhancedSecurityCompliance.enhancedSecurityMonitoring.value
#       type: string
#       absent: "Disabled: nodes are monitored only where the workspace says so"
#   controls:
#     DORA-10-1: unusual activity on the nodes is detected
#     RTS-23-2-b: is one of the tools that report anomalies, for the nodes of this workspace
#     RTS-11-2-b: the nodes run a hardened image
#   fix: {path: resource.properties.enhancedSecurityCompliance.enhancedSecurityMonitoring.value, value: Enabled}
#   remediation:
#     az: az resource update --ids WORKSPACE_ID --set properties.enhancedSecurityCompliance.enhancedSecurityMonitoring.value=Enabled
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         enhanced_security_compliance {
#           enhanced_security_monitoring_enabled = true
#         }
#       }
#     bicep: |
#       resource workspace 'Microsoft.Databricks/workspaces@2024-05-01' = {
#         // ...
#         properties: {
#           enhancedSecurityCompliance: { enhancedSecurityMonitoring: { value: 'Enabled' } }
#         }
#       }
#     portal: Workspace > Settings > Security & compliance
package azure.databricks.nodes_monitored

import data.lib.arm

default _monitoring := "Disabled"

_monitoring := input.resource.properties.enhancedSecurityCompliance.enhancedSecurityMonitoring.value

deny contains finding if {
	arm.same(_monitoring, "Disabled")
	finding := {
		"message": "nothing watches the nodes",
		"path": "resource.properties.enhancedSecurityCompliance.enhancedSecurityMonitoring.value",
		"actual": _monitoring,
		"expected": "Enabled",
	}
}

unknown contains sprintf("enhancedSecurityCompliance is %q, which this policy does not know", [_monitoring]) if {
	not arm.one_of(_monitoring, ["Enabled", "Disabled"])
}
