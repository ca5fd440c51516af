# METADATA
# title: The storage of the PostgreSQL server grows before it is full
# description: |
#   A PostgreSQL server whose storage is full takes no more writes, and every function that writes to it stands still until somebody
#   enlarges it. With automatic growth the server enlarges itself in time. Storage never shrinks again, so that alerts on its use are still
#   needed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage
# custom:
#   check: PG-HAO-010
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.storage.autoGrow
#       type: string
#       absent: "Disabled: storage grows only where the server says so"
#   controls:
#     DORA-7-c: the PostgreSQL server gets more capacity when volumes grow, before it runs out
#     DORA-9-3-c: full storage, a common cause of outage of PostgreSQL, is prevented by a setting
#     RTS-9-1-c: shortage of storage is avoided and not only watched
#     GDPR-32-1-b: personal data stays available to those who need it when its volume grows
#   fix: {path: resource.properties.storage.autoGrow, value: Enabled}
#   remediation:
#     az: az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --storage-auto-grow Enabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         auto_grow_enabled = true
#       }
#     bicep: |
#       properties: {
#         storage: { autoGrow: 'Enabled' }
#       }
#     portal: Server > Settings > Compute + storage > Storage autogrow
package azure.postgresql.storage_grows_automatically

import data.lib.arm

default _auto_grow := "Disabled"

_auto_grow := input.resource.properties.storage.autoGrow

deny contains finding if {
	arm.same(_auto_grow, "Disabled")
	finding := {
		"message": "the storage does not grow by itself",
		"path": "resource.properties.storage.autoGrow",
		"actual": _auto_grow,
		"expected": "Enabled",
	}
}

unknown contains sprintf("autoGrow is %q, which this policy does not know", [_auto_grow]) if {
	not arm.one_of(_auto_grow, ["Enabled", "Disabled"])
}
