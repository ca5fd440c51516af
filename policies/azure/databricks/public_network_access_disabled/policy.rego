# METADATA
# title: The Databricks workspace cannot be reached from the internet
# description: |
#   With public network access, notebooks, jobs and the API of the workspace are one stolen token away from anybody on the internet.
#   Private link needs the premium tier and a workspace in a network of the firm.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/network/front-end/front-end-private-connect
# custom:
#   check: DBW-NET-001
#   severity: high
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a workspace has a public endpoint until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the workspace is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which notebooks and the data they reach would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the workspace off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the workspace from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the workspace is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among notebooks and the data they reach
#   remediation:
#     az: az databricks workspace update --resource-group RESOURCE_GROUP --name WORKSPACE --public-network-access Disabled --required-nsg-rules NoAzureDatabricksRules
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         public_network_access_enabled         = false
#         network_security_group_rules_required = "NoAzureDatabricksRules"
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled', requiredNsgRules: 'NoAzureDatabricksRules' }"
#     note: Create the private endpoints first.
package azure.databricks.public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the workspace has a public endpoint", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
