# METADATA
# title: The zone-redundant standby of the PostgreSQL server is healthy
# description: |
#   A standby that is being built, catching up or being removed cannot take over: for that time the server is as exposed as one without.
#   Some of these states last minutes, so look at the time of the reading before raising an alarm; one that lasts is a fault. Live only: code
#   never shows the state. A server without a zone-redundant standby is judged by zone_redundant_standby_configured.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-high-availability
# custom:
#   check: PG-ZR-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.highAvailability.mode
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no high availability"
#     - {path: resource.properties.highAvailability.state, type: string}
#   controls:
#     DORA-12-4: spare capacity counts only while the standby is in step with the primary
#     DORA-11-5: shows that the redundancy designed for the server works at the time of the reading
#     DORA-9-2: a failover can keep the database available only if the standby is ready
#     RTS-26-1-c: shows whether the failover that the recovery plan relies on could be done now
#     GDPR-32-1-b: tells resilience that works from resilience that is only configured
#   remediation:
#     az: az postgres flexible-server show --resource-group RESOURCE_GROUP --name SERVER --query highAvailability
#     portal: Server > Settings > High availability; Server > Help > Resource health
#     note: |
#       Wait for CreatingStandby and ReplicatingData to end. If the state does not become Healthy, look for long transactions, full storage and
#       an unreachable key, then switch high availability off and on again, or open a support request.
package azure.postgresql.zone_redundant_standby_healthy

import data.lib.arm

default mode := "Disabled"

mode := input.resource.properties.highAvailability.mode

state := input.resource.properties.highAvailability.state

no_working_standby := [
	"NotEnabled",
	"CreatingStandby",
	"ReplicatingData",
	"FailingOver",
	"RemovingStandby",
	"RecreatingStandby",
	"ComputeUpdatingByFailover",
]

not_applicable contains sprintf("high availability is %s: there is no zone-redundant standby to judge", [mode]) if {
	arm.one_of(mode, ["Disabled", "SameZone"])
}

deny contains finding if {
	arm.one_of(state, no_working_standby)
	finding := {
		"message": sprintf("the standby is in state %s: no working standby now", [state]),
		"path": "resource.properties.highAvailability.state",
		"actual": state,
		"expected": "Healthy",
	}
}

unknown contains sprintf("the high availability mode %q is not known", [mode]) if {
	not arm.one_of(mode, ["ZoneRedundant", "SameZone", "Disabled"])
}

unknown contains sprintf("the standby state %q is not known", [state]) if {
	not arm.same(state, "Healthy")
	not arm.one_of(state, no_working_standby)
}
