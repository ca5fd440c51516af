# METADATA
# title: No parameter of the PostgreSQL server waits for a restart
# description: |
#   Some parameters take effect at the next restart only. Until then the server goes on with the old value, while every list of its settings
#   shows the new one. A hardening that waits protects nothing, and the next unplanned restart may change how the server behaves. Live only:
#   code never shows it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-server-parameters
# custom:
#   check: PG-INV-003
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: "children.configurations.*.properties.isConfigPendingRestart", type: boolean}
#   controls:
#     RTS-11-2-b: shows that the parameters on record are the ones that the PostgreSQL server really runs with
#     DORA-9-4-e: a change of parameters that was approved is also carried out, or shows as open
#     RTS-17-1-a: what was checked for the change is what runs, and not a value that waits
#   remediation:
#     az: |
#       az postgres flexible-server parameter list --resource-group RESOURCE_GROUP --server-name SERVER --query "[?isConfigPendingRestart].name"
#       az postgres flexible-server restart --resource-group RESOURCE_GROUP --name SERVER
#     portal: Server > Settings > Server parameters, then Overview > Restart
#     note: A restart cuts connections. Do it in the maintenance window.
package azure.postgresql.parameters_in_force

_waiting contains name if {
	some name, configuration in input.children.configurations
	configuration.properties.isConfigPendingRestart == true
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
