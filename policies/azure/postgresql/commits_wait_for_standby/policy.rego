# METADATA
# title: PostgreSQL confirms a commit only when it cannot be lost
# description: |
#   With synchronous_commit off the server confirms transactions before they are on disk, and a crash loses the last of them. With local it
#   does not wait for the standby, so that a failover may lose transactions that clients believe are done. A recovery point of zero, which
#   high availability promises, holds for the other values only. Sessions may still choose for themselves.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-postgresql-flexible-server
# custom:
#   check: PG-HAO-011
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: children.configurations.synchronous_commit.properties.value
#       type: string
#       absent: "on: the default of PostgreSQL, which Azure keeps"
#     - {path: resource.properties.highAvailability.mode, type: string}
#   controls:
#     DORA-9-3-b: a crash or failover does not lose transactions that were confirmed
#     DORA-9-3-c: prevents the loss of data that a setting, not a fault, would cause
#     RTS-24-1-b-ii-2: shows whether the recovery point that the standby allows is really kept by the server
#     GDPR-32-1-b: integrity of personal data survives a change to the standby
#     GDPR-5-1-f: personal data that a client was told is stored does not vanish by accident
#   fix: {path: children.configurations.synchronous_commit.properties.value, value: "on"}
#   remediation:
#     az: az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name synchronous_commit --value on
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "synchronous_commit" {
#         name      = "synchronous_commit"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "on"
#       }
#     bicep: |
#       resource synchronousCommit 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'synchronous_commit'
#         properties: { value: 'on', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > synchronous_commit
package azure.postgresql.commits_wait_for_standby

import data.lib.arm

default _commit := "on"

_commit := input.children.configurations.synchronous_commit.properties.value

_mode := input.resource.properties.highAvailability.mode

_standby if arm.one_of(_mode, ["ZoneRedundant", "SameZone"])

deny contains finding if {
	arm.same(_commit, "off")
	finding := {
		"message": "commits are confirmed before they are on disk",
		"path": "children.configurations.synchronous_commit.properties.value",
		"actual": _commit,
		"expected": "on",
	}
}

deny contains finding if {
	arm.same(_commit, "local")
	_standby
	finding := {
		"message": "commits are confirmed before the standby has them",
		"path": "children.configurations.synchronous_commit.properties.value",
		"actual": _commit,
		"expected": "on",
	}
}

unknown contains sprintf("synchronous_commit is %q, which this policy does not know", [_commit]) if {
	not arm.one_of(_commit, ["on", "off", "local", "remote_write", "remote_apply"])
}

unknown contains sprintf("the mode of high availability is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Disabled", "ZoneRedundant", "SameZone"])
}
