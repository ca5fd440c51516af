# METADATA
# title: MySQL confirms a commit only when it is on disk
# description: |
#   With innodb_flush_log_at_trx_commit at 0 or 2 the server writes its log about once a second and confirms transactions before. A crash or
#   a failover then loses the last second of them, although clients believe they are done, and no standby brings them back.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters
# custom:
#   check: MY-HAO-011
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.configurations.innodb_flush_log_at_trx_commit.properties.value, type: string}
#   controls:
#     DORA-9-3-b: a crash or failover of MySQL does not lose transactions that were confirmed
#     DORA-9-3-c: prevents the loss of data that a setting, not a fault, would cause
#     RTS-24-1-b-ii-2: shows whether the recovery point that the standby allows is really kept by the server
#     GDPR-5-1-f: personal data that a client was told is stored does not vanish by accident
#   fix: {path: children.configurations.innodb_flush_log_at_trx_commit.properties.value, value: "1"}
#   remediation:
#     az: az mysql flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name innodb_flush_log_at_trx_commit --value 1
#     terraform: |
#       resource "azurerm_mysql_flexible_server_configuration" "innodb_flush_log_at_trx_commit" {
#         name                = "innodb_flush_log_at_trx_commit"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         value               = "1"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {
#         parent: server
#         name: 'innodb_flush_log_at_trx_commit'
#         properties: { value: '1', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > innodb_flush_log_at_trx_commit
package azure.mysql.commits_durable

import data.lib.arm

_innodb_flush_log_at_trx_commit := input.children.configurations.innodb_flush_log_at_trx_commit.properties.value

deny contains finding if {
	arm.one_of(_innodb_flush_log_at_trx_commit, ["0", "2"])
	finding := {
		"message": sprintf("innodb_flush_log_at_trx_commit is %s: a crash loses transactions that were confirmed", [_innodb_flush_log_at_trx_commit]),
		"path": "children.configurations.innodb_flush_log_at_trx_commit.properties.value",
		"actual": _innodb_flush_log_at_trx_commit,
		"expected": "1",
	}
}

unknown contains sprintf("innodb_flush_log_at_trx_commit is %q, which this policy does not know", [_innodb_flush_log_at_trx_commit]) if {
	not arm.one_of(_innodb_flush_log_at_trx_commit, ["1", "0", "2"])
}
