# METADATA
# title: No parameter of the MySQL server waits for a restart
# description: |
#   Some parameters take effect at the next restart only. Until then the server goes on with the old value, while every list of its settings
#   shows the new one. A hardening that waits protects nothing, and the next unplanned restart may change how the server behaves. Live only:
#   code never shows it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters
# custom:
#   check: MY-INV-003
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: "children.configurations.*.properties.isConfigPendingRestart", type: string}
#   controls:
#     RTS-11-2-b: shows that the parameters on record are the ones that the MySQL server really runs with
#     DORA-9-4-e: a change of parameters that was approved is also carried out, or shows as open
#     RTS-17-1-a: what was checked for the change is what runs, and not a value that waits
#   remediation:
#     az: |
#       az mysql flexible-server parameter list --resource-group RESOURCE_GROUP --server-name SERVER --query "[?isConfigPendingRestart].name"
#       az mysql flexible-server restart --resource-group RESOURCE_GROUP --name SERVER
#     portal: Server > Settings > Server parameters, then Overview > Restart
#     note: A restart cuts connections. Do it in the maintenance window.
package azure.mysql.parameters_in_force

import data.lib.arm

_waiting contains name if {
	some name, configuration in input.children.configurations
	arm.same(configuration.properties.isConfigPendingRestart, "True")
}

deny contains finding if {
	count(_waiting) > 0
	finding := {
		"message": sprintf("%s will be in force after a restart only", [concat(", ", sort(_waiting))]),
		"path": "children.configurations.*.properties.isConfigPendingRestart",
		"actual": sort(_waiting),
		"expected": "no parameter that waits",
	}
}

unknown contains "the server shows no parameters" if count(input.children.configurations) == 0

unknown contains sprintf("isConfigPendingRestart of %s is %q, which this policy does not know", [name, state]) if {
	some name, configuration in input.children.configurations
	state := configuration.properties.isConfigPendingRestart
	not arm.one_of(state, ["True", "False"])
}
