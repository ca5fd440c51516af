# METADATA
# title: The zone-redundant standby of the MySQL server is healthy
# description: |
#   A standby that is being made, removed or failed over to cannot take over. The state is read at one moment: it shows that the standby
#   stood ready when the facts were read, and not that a failover works, which only a test shows. It exists in live Azure alone: templates
#   give unknown. A server without a standby in another zone is not judged here (zone_redundant_standby_configured).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-high-availability
# custom:
#   check: MY-ZR-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.highAvailability.mode
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no high availability"
#     - {path: resource.properties.highAvailability.state, type: string}
#   controls:
#     DORA-12-4: redundant capacity counts only while it is able to take over
#     DORA-11-5: shows that the redundancy planned for the database is in working order
#     DORA-9-2: watches the mechanism that keeps the database available
#     RTS-26-1-c: recovery through the standby is possible only when its state is healthy
#     GDPR-32-1-b: lasting availability of personal data needs a standby that works and not one that is merely configured
#   remediation:
#     az: |
#       az mysql flexible-server show --resource-group RG --name SERVER --query highAvailability
#       az monitor activity-log list --resource-id SERVER_ID --offset 7d --output table
#     portal: Server > Settings > High availability shows the state; Help > Resource health shows what happened
#     note: CreatingStandby and FailingOver end by themselves within minutes to hours. Open a support request when the state stays.
package azure.mysql.zone_redundant_standby_healthy

import data.lib.arm

default _mode := "Disabled"

_mode := input.resource.properties.highAvailability.mode

_state := input.resource.properties.highAvailability.state

not_applicable contains sprintf("high availability is %s: there is no zone-redundant standby to judge", [_mode]) if {
	arm.one_of(_mode, ["Disabled", "SameZone"])
}

deny contains finding if {
	arm.same(_mode, "ZoneRedundant")
	arm.one_of(_state, ["NotEnabled", "CreatingStandby", "FailingOver", "RemovingStandby"])
	finding := {
		"message": sprintf("the standby is in state %s: no working standby now", [_state]),
		"path": "resource.properties.highAvailability.state",
		"actual": _state,
		"expected": "Healthy",
	}
}

unknown contains sprintf("highAvailability.mode is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Disabled", "SameZone", "ZoneRedundant"])
}

unknown contains sprintf("highAvailability.state is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Healthy", "NotEnabled", "CreatingStandby", "FailingOver", "RemovingStandby"])
}
