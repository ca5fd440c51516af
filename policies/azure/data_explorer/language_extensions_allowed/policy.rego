# METADATA
# title: The Data Explorer cluster runs only the languages that the firm allows
# description: |
#   The extensions for Python and R let whoever may query the cluster run code on its nodes, in a sandbox. They are off unless somebody
#   switches them on. Which are allowed is the parameter kusto_language_extensions_allowed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/language-extensions
# custom:
#   check: ADX-INV-001
#   severity: low
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.properties.languageExtensions.value
#       type: array
#       absent: "none: no language runs unless it was switched on"
#   parameters:
#     kusto_language_extensions_allowed: {type: list, default: [], allowed: [PYTHON, R], meaning: languages that a Data Explorer cluster may run for its users}
#   controls:
#     RTS-11-2-b: code of users runs on the cluster only where the baseline of the firm says so
#     DORA-9-3-b: lowers the risk that a query breaks out or takes data elsewhere
#     RTS-21-a: the right to query does not bring the right to run any code with it
#   remediation:
#     az: |
#       az resource update --ids CLUSTER_ID --set properties.languageExtensions.value=[]
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         # no language_extension block
#       }
#     bicep: |
#       resource cluster 'Microsoft.Kusto/clusters@2024-04-13' = {
#         // ...
#         properties: {
#           languageExtensions: { value: [] }
#         }
#       }
#     portal: Cluster > Settings > Configurations > Language extensions
package azure.data_explorer.language_extensions_allowed

import data.lib.arm

default _extensions := []

_extensions := input.resource.properties.languageExtensions.value

_refused contains name if {
	some extension in _extensions
	name := extension.languageExtensionName
	not arm.one_of(name, data.parameters.kusto_language_extensions_allowed)
}

deny contains finding if {
	count(_refused) > 0
	finding := {
		"message": sprintf("the cluster runs %s", [concat(", ", sort(_refused))]),
		"path": "resource.properties.languageExtensions.value",
		"actual": sort(_refused),
		"expected": data.parameters.kusto_language_extensions_allowed,
	}
}

unknown contains "an extension has no name" if {
	some extension in _extensions
	not _has_name(extension)
}

_has_name(extension) if is_string(extension.languageExtensionName)
