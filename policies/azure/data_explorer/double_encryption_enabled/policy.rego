# METADATA
# title: Data of the Data Explorer cluster is encrypted twice
# description: |
#   Double encryption adds a second layer with another key and algorithm, for data whose class asks that one broken layer must not be
#   enough. It is fixed at creation: a finding means a new cluster.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/cluster-encryption-double
# custom:
#   check: ADX-CMK-002
#   severity: low
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.properties.enableDoubleEncryption
#       type: boolean
#       absent: "false: data is encrypted once until told otherwise"
#   parameters:
#     double_encryption_required: {type: boolean, default: true, meaning: whether data must be encrypted by two keys and two algorithms}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that encryption follows the classification
#     RTS-6-2-a: shows whether the second layer that the encryption rule asks for is in force
#     RTS-6-3: one broken algorithm or key does not open the data
#     GDPR-32-1-a: adds a layer to the encryption of personal data in the cluster
#   remediation:
#     az: az kusto cluster create --resource-group RESOURCE_GROUP --cluster-name NEW_CLUSTER --sku name=Standard_E8ads_v5 tier=Standard capacity=2 --enable-double-encryption true
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         double_encryption_enabled = true # changing it replaces the cluster
#       }
#     bicep: "properties: { enableDoubleEncryption: true }"
package azure.data_explorer.double_encryption_enabled

default _enable_double_encryption := false

_enable_double_encryption := input.resource.properties.enableDoubleEncryption

not_applicable contains "double encryption is not required for this data" if data.parameters.double_encryption_required == false

deny contains finding if {
	_enable_double_encryption == false
	finding := {
		"message": "data is encrypted once",
		"path": "resource.properties.enableDoubleEncryption",
		"actual": _enable_double_encryption,
		"expected": true,
	}
}
