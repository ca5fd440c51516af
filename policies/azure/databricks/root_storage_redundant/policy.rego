# METADATA
# title: The root storage of the Databricks workspace survives the loss of a datacentre
# description: |
#   The managed storage account of a workspace holds notebooks' results, logs of jobs and the old file system. With locally redundant
#   storage the loss of one datacentre takes it all. The kind is chosen when the workspace is made.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
# custom:
#   check: DBW-ZR-001
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - {path: resource.properties.parameters.storageAccountSkuName.value, type: string}
#   controls:
#     DORA-11-5: the storage under the workspace is redundant
#     DORA-9-3-b: lowers the risk that results and jobs are lost for good
#     RTS-26-2: the failure of a datacentre is provided for
#     GDPR-32-1-b: personal data in the root storage outlives a datacentre
#   remediation:
#     az: az databricks workspace update --resource-group RESOURCE_GROUP --name WORKSPACE --sa-sku-name Standard_GRS
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         custom_parameters {
#           storage_account_sku_name = "Standard_GZRS"
#         }
#       }
#     bicep: |
#       resource workspace 'Microsoft.Databricks/workspaces@2024-05-01' = {
#         // ...
#         properties: {
#           parameters: { storageAccountSkuName: { value: 'Standard_GZRS' } }
#         }
#       }
package azure.databricks.root_storage_redundant

import data.lib.arm

_sku := input.resource.properties.parameters.storageAccountSkuName.value

deny contains finding if {
	arm.one_of(_sku, ["Standard_LRS", "Premium_LRS"])
	finding := {
		"message": sprintf("the root storage is %s: one datacentre holds all copies", [_sku]),
		"path": "resource.properties.parameters.storageAccountSkuName.value",
		"actual": _sku,
		"expected": "copies in several zones or regions",
	}
}

unknown contains sprintf("parameters is %q, which this policy does not know", [_sku]) if {
	not arm.one_of(_sku, ["Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "Standard_LRS", "Premium_LRS"])
}
