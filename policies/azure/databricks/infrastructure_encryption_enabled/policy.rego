# METADATA
# title: The root storage of Databricks is encrypted twice
# description: |
#   A second layer with another key and algorithm, for data whose class asks that one broken layer must not be enough. It is fixed at
#   creation: a finding means a new workspace.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/keys/double-encryption
# custom:
#   check: DBW-CMK-004
#   severity: low
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.parameters.requireInfrastructureEncryption.value
#       type: boolean
#       absent: "false: the storage is encrypted once until told otherwise"
#   parameters:
#     double_encryption_required: {type: boolean, default: true, meaning: whether data must be encrypted by two keys and two algorithms}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that encryption follows the classification
#     RTS-6-2-a: shows whether the second layer that the encryption rule asks for is in force
#     RTS-6-3: one broken algorithm or key does not open the files
#     GDPR-32-1-a: adds a layer to the encryption of personal data in the root storage
#   remediation:
#     az: az databricks workspace create --resource-group RESOURCE_GROUP --name NEW_WORKSPACE --location LOCATION --sku premium --require-infrastructure-encryption true
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         infrastructure_encryption_enabled = true # changing it replaces the workspace
#       }
#     bicep: "properties: { parameters: { requireInfrastructureEncryption: { value: true } } }"
package azure.databricks.infrastructure_encryption_enabled

default _require_infrastructure_encryption := false

_require_infrastructure_encryption := input.resource.properties.parameters.requireInfrastructureEncryption.value

not_applicable contains "double encryption is not required for this data" if data.parameters.double_encryption_required == false

deny contains finding if {
	_require_infrastructure_encryption == false
	finding := {
		"message": "the root storage is encrypted once",
		"path": "resource.properties.parameters.requireInfrastructureEncryption.value",
		"actual": _require_infrastructure_encryption,
		"expected": true,
	}
}
