# METADATA
# title: Data of the Databricks workspace is governed in one catalogue
# description: |
#   Without Unity Catalog each workspace keeps its own list of tables and rights, files are reached past both, and nobody can say who read
#   what. Azure shows whether the workspace is tied to a catalogue; code never does.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/data-governance/unity-catalog/
# custom:
#   check: DBW-AUTH-002
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - {path: resource.properties.isUcEnabled, type: boolean}
#   controls:
#     RTS-21-a: rights on tables are given by need and in one place
#     DORA-9-4-c: access to data of the workspace is administered centrally
#     RTS-12-2-c: reads of tables are recorded with the identity of the reader
#     RTS-4-2-b-viii: the links between tables and the jobs that use them are recorded
#   remediation:
#     portal: Account console > Catalog > Metastore > Assign to workspace
#     note: Assign a metastore of the region to the workspace and move tables out of the Hive metastore.
package azure.databricks.data_governed_in_catalog

_is_uc_enabled := input.resource.properties.isUcEnabled

deny contains finding if {
	_is_uc_enabled == false
	finding := {
		"message": "the workspace has no Unity Catalog",
		"path": "resource.properties.isUcEnabled",
		"actual": false,
		"expected": true,
	}
}
