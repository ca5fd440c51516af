# METADATA
# title: The storage of the Databricks workspace has a firewall
# description: |
#   The account in the managed resource group holds libraries, results and logs of the workspace. Without the firewall anybody with a key
#   or token reads it from anywhere.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/network/storage/firewall-support
# custom:
#   check: DBW-NET-003
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.defaultStorageFirewall
#       type: string
#       absent: "Disabled: the storage has no firewall until told otherwise"
#   controls:
#     RTS-13-1-d: connections to the storage of the workspace from unknown networks are refused
#     RTS-13-1-g: the storage of the workspace is not open to the internet
#     GDPR-25-2: results with personal data are not exposed by default
#     GDPR-32-1-b: a leaked key of the account is of no use from outside
#   remediation:
#     az: az databricks workspace update --resource-group RESOURCE_GROUP --name WORKSPACE --default-storage-firewall Enabled --access-connector '{id:CONNECTOR_ID,identity-type:SystemAssigned}'
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         default_storage_firewall_enabled = true
#         access_connector_id              = azurerm_databricks_access_connector.example.id
#       }
#     bicep: "properties: { defaultStorageFirewall: 'Enabled', accessConnector: { id: connector.id, identityType: 'SystemAssigned' } }"
package azure.databricks.storage_firewall_enabled

import data.lib.arm

default _default_storage_firewall := "Disabled"

_default_storage_firewall := input.resource.properties.defaultStorageFirewall

deny contains finding if {
	arm.same(_default_storage_firewall, "Disabled")
	finding := {
		"message": sprintf("defaultStorageFirewall is %s", [_default_storage_firewall]),
		"path": "resource.properties.defaultStorageFirewall",
		"actual": _default_storage_firewall,
		"expected": "Enabled",
	}
}

unknown contains sprintf("defaultStorageFirewall is %q, which this policy does not know", [_default_storage_firewall]) if {
	not arm.one_of(_default_storage_firewall, ["Enabled", "Disabled"])
}
