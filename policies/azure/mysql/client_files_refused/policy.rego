# METADATA
# title: MySQL does not take files from its clients
# description: |
#   With local_infile on, a statement can ask the client for any file that the client may read, and a server or statement that somebody
#   tampered with gets at files of the application host. Loads of data can come by other ways that are under control.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters
# custom:
#   check: MY-NET-006
#   severity: low
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.configurations.local_infile.properties.value, type: string}
#   controls:
#     RTS-11-2-b: a switch of the server that few need is off, as the hardened baseline has it
#     RTS-11-2-i: closes a way by which files leave the hosts of applications
#     DORA-9-3-b: lowers the risk that an injected statement reads what the application may read
#   fix: {path: children.configurations.local_infile.properties.value, value: "OFF"}
#   remediation:
#     az: az mysql flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name local_infile --value OFF
#     terraform: |
#       resource "azurerm_mysql_flexible_server_configuration" "local_infile" {
#         name                = "local_infile"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         value               = "OFF"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {
#         parent: server
#         name: 'local_infile'
#         properties: { value: 'OFF', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > local_infile
package azure.mysql.client_files_refused

import data.lib.arm

_local_infile := input.children.configurations.local_infile.properties.value

deny contains finding if {
	arm.same(_local_infile, "ON")
	finding := {
		"message": "the server takes files of its clients",
		"path": "children.configurations.local_infile.properties.value",
		"actual": _local_infile,
		"expected": "OFF",
	}
}

unknown contains sprintf("local_infile is %q, which this policy does not know", [_local_infile]) if {
	not arm.one_of(_local_infile, ["OFF", "ON"])
}
